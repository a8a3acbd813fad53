import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseValue, valueProblems } from '../../../src/schema/values/index.ts';
import { sections } from '../../../src/schema/index.ts';
import type { KeySpec, ValueType } from '../../../src/schema/types.ts';
import { specOf } from './spec.ts';

/** The value of a key, or the code of its problem with the part of the text that it points at. */
function read(place: string, text: string): unknown {
  const spec = specOf(place);
  const parsed = parseValue(spec.type, spec, text);
  if ('ok' in parsed) return parsed.ok;
  const { code, offset, length } = parsed.problem;
  return [code, text.slice(offset, offset + length)];
}

describe('what is taken', () => {
  test.each<[string, string, unknown]>([
    ['container.autostart', 'yes', true],
    ['container.autostart', 'no', false],
    ['container.pids', '200', 200],
    ['container.cpus', '0.5', 0.5],
    ['container.cpus', '2', 2],
    ['container.memory', '512M', 536_870_912],
    ['container.stop-timeout', '1m30s', 90],
    ['container.restart', 'on-failure', 'on-failure'],
    ['container.needs', 'db1,cache1 , x', ['db1', 'cache1', 'x']],
    ['container.ipv4', '10.0.3.11', '10.0.3.11'],
    ['container.ipv4', 'none', 'none'],
    ['container.ipv6', 'FD00::000B', 'fd00::b'],
    ['container.mac', '02:00:0A:00:03:0B', '02:00:0a:00:03:0b'],
    ['container.rootfs', '/srv//c/./web1/', '/srv/c/web1'],
    ['container.stop-signal', 'SIGRTMIN+3', 'SIGRTMIN+3'],
    ['container.ready', 'running', { kind: 'running' }],
    ['container.ready', 'tcp:80', { kind: 'tcp', port: 80 }],
    ['container.ready', 'exec: test -e /run/up', { kind: 'exec', command: 'test -e /run/up' }],
    ['container.template', 'download -d debian', 'download -d debian'],
    [
      'container.devices',
      '/dev/fuse, /dev/net/tun wr',
      [
        { path: '/dev/fuse', access: 'rw' },
        { path: '/dev/net/tun', access: 'rw' },
      ],
    ],
    ['container.devices', '/dev/sda mr', [{ path: '/dev/sda', access: 'rm' }]],
    ['container.mount', '/srv/www /srv/www ro', [{ source: '/srv/www', target: '/srv/www', readOnly: true }]],
    ['container.mount', String.raw`/a\040b /c\054d\134`, [{ source: '/a b', target: '/c,d\\', readOnly: false }]],
    [
      'container.capabilities',
      '-net_raw, +sys_time',
      [
        { name: 'net_raw', keep: false },
        { name: 'sys_time', keep: true },
      ],
    ],
    ['container.raw', 'lxc.net.0.mtu=9000', { key: 'lxc.net.0.mtu', value: '9000' }],
    ['container.raw', 'lxc.environment = A=b c', { key: 'lxc.environment', value: 'A=b c' }],
    ['container.raw', 'lxc.cap.drop =', { key: 'lxc.cap.drop', value: '' }],
    ['container.sysctl.kernel.x', '', ''],
    ['container.sysctl.net.ipv4.ping_group_range', '0\t100', '0\t100'],
    ['network.ipv4', '10.0.3.1/24', { address: '10.0.3.1', length: 24 }],
    ['network.ipv6', 'FD00::1/64', { address: 'fd00::1', length: 64 }],
    ['network.gateway', '192.168.7.1, 2001:DB8::1', ['192.168.7.1', '2001:db8::1']],
    ['network.ports', 'eth0, enp3s0.42', ['eth0', 'enp3s0.42']],
    ['host.domain', 'example.org', 'example.org'],
    ['host.lxc', '7.0.0-r1', '7.0.0'],
    ['host.cgroup1', 'none', []],
    ['host.cgroup1', 'memory, devices', ['memory', 'devices']],
    ['host.ipv4', '192.0.2.10', ['192.0.2.10']],
  ])('%s = %s', (place, text, value) => {
    expect(read(place, text)).toEqual(value);
  });
});

describe('what is refused, and where', () => {
  test.each<[string, string, string, string]>([
    ['container.autostart', 'true', 'not-yes-or-no', 'true'],
    ['container.pids', '200x', 'not-a-number', '200x'],
    ['container.pids', '0200', 'not-a-number', '0200'],
    ['container.pids', '0', 'out-of-range', '0'],
    ['container.pids', '1e3', 'not-a-number', '1e3'],
    ['container.io-weight', '10001', 'out-of-range', '10001'],
    ['container.cpus', '1,5', 'not-a-number', '1,5'],
    ['container.cpus', '0', 'out-of-range', '0'],
    ['container.memory', '512MB', 'not-a-size', '512MB'],
    ['container.memory', '512', 'out-of-range', '512'],
    ['container.stop-timeout', '1 minute', 'not-a-duration', '1 minute'],
    ['container.stop-timeout', '0', 'out-of-range', '0'],
    ['container.restart', 'allways', 'unknown-choice', 'allways'],
    ['container.needs', 'db1, db_2', 'bad-name', 'db_2'],
    ['container.needs', 'db1, db1', 'listed-twice', 'db1'],
    ['container.needs', 'db1,', 'empty-list-item', ''],
    ['container.needs', 'db1,, x', 'empty-list-item', ','],
    ['container.network', 'no net', 'bad-name', 'no net'],
    ['container.ipv4', '10.0.3.11/24', 'bad-address', '10.0.3.11/24'],
    ['container.ipv4', 'fd00::1', 'bad-address', 'fd00::1'],
    ['container.ipv6', 'fe80::1%eth0', 'bad-address', 'fe80::1%eth0'],
    ['network.ipv4', '10.0.3.1', 'bad-prefix', '10.0.3.1'],
    ['network.ipv4', '10.0.3.1/33', 'bad-prefix', '10.0.3.1/33'],
    ['network.ipv6', '10.0.3.1/24', 'bad-prefix', '10.0.3.1/24'],
    ['network.dns', 'none', 'bad-address', 'none'],
    ['network.mac', '01:00:0a:00:03:01', 'bad-mac', '01:00:0a:00:03:01'],
    ['network.mac', '02-00-0a-00-03-01', 'bad-mac', '02-00-0a-00-03-01'],
    ['network.mac', '00:00:00:00:00:00', 'bad-mac', '00:00:00:00:00:00'],
    ['network.ports', 'eth0, sixteen-bytes-xx', 'bad-interface', 'sixteen-bytes-xx'],
    ['network.type', 'brigde', 'unknown-choice', 'brigde'],
    ['container.rootfs', 'srv/web1', 'bad-path', 'srv/web1'],
    ['container.rootfs', '/srv/../web1', 'bad-path', '/srv/../web1'],
    ['host.lxc-path', '/', 'bad-path', '/'],
    ['host.lxc', 'seven', 'bad-version', 'seven'],
    ['host.domain', 'example..org', 'bad-domain', 'example..org'],
    ['container.stop-signal', 'pwr', 'bad-signal', 'pwr'],
    ['container.ready', 'tcp:0', 'bad-ready', 'tcp:0'],
    ['container.ready', 'tcp:http', 'bad-ready', 'tcp:http'],
    ['container.ready', 'exec:', 'bad-ready', 'exec:'],
    ['container.ready', 'started', 'bad-ready', 'started'],
    ['container.devices', '/srv/fuse rw', 'bad-device', '/srv/fuse rw'],
    ['container.devices', '/dev/fuse rwx', 'bad-device', '/dev/fuse rwx'],
    ['container.mount', '/a /b, /c', 'bad-mount', '/c'],
    ['container.mount', '/a b', 'bad-mount', '/a b'],
    ['container.mount', '/a /b rx', 'bad-mount', '/a /b rx'],
    ['container.mount', String.raw`/a\x /b`, 'bad-mount', String.raw`/a\x /b`],
    ['container.mount', String.raw`/a\012 /b`, 'bad-mount', String.raw`/a\012 /b`],
    ['container.mount', '/a /b, /c /b', 'listed-twice', '/c /b'],
    ['container.capabilities', 'net_raw', 'bad-capability', 'net_raw'],
    ['container.capabilities', '-CAP_NET_RAW', 'bad-capability', '-CAP_NET_RAW'],
    ['container.raw', 'lxc.net.0.mtu 9000', 'bad-lxc-line', 'lxc.net.0.mtu 9000'],
    ['container.raw', 'net.0.mtu = 9000', 'bad-lxc-line', 'net.0.mtu = 9000'],
    ['container.memory', '', 'empty-value', ''],
    ['container.template', 'busybox\nx', 'control-character', 'busybox\nx'],
    ['container.sysctl.kernel.x', 'a\0', 'control-character', 'a\0'],
  ])('%s = %j is %s', (place, text, code, part) => {
    expect(read(place, text)).toEqual([code, part]);
  });
});

test.each([
  ['container.autostart', 'on', 'write yes'],
  ['container.autostart', 'Off', 'write no'],
  ['container.autostart', 'No', 'write no'],
  ['container.memory', '512 mb', 'write 512M'],
  ['container.pids', '010', 'write 10'],
  ['container.cpus', '1,5', 'write 1.5'],
  ['container.stop-signal', 'pwr', 'write SIGPWR'],
  ['container.stop-signal', 'SIGPRW', 'write SIGPWR'],
  ['container.capabilities', '-CAP_NET_RAW', 'write -net_raw'],
  ['network.mac', '0200.0a00.0301', 'write 02:00:0a:00:03:01'],
  ['network.ipv4', '10.0.3.1', 'add the length of the prefix: 10.0.3.1/24'],
  ['container.ipv4', '10.0.3.11/24', 'write the address alone, without the length of the prefix'],
])('%s = %s: %s', (place, text, hint) => {
  const spec = specOf(place);
  const parsed = parseValue(spec.type, spec, text);
  expect('problem' in parsed && parsed.problem.hint).toBe(hint);
});

const valueTypes: readonly ValueType[] = [...new Set(sections.flatMap(({ keys }) => keys.map(({ type }) => type)))];

test('no type throws, and a problem lies in the text', () => {
  const type = fc.constantFrom(...valueTypes);
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'/dev:.,= \\-+r0129abfx'.split('')) }),
  );
  const spec: KeySpec = { name: 'x', type: 'text', summary: '', example: '', since: '', choices: ['a', 'b'] };
  fc.assert(
    fc.property(type, text, (kind, value) => {
      const parsed = parseValue(kind, spec, value);
      if ('ok' in parsed) return;
      const { code, message, offset, length } = parsed.problem;
      expect(valueProblems).toHaveProperty(code);
      expect(message).not.toBe('');
      expect(offset).toBeGreaterThanOrEqual(0);
      expect(offset).toBeLessThanOrEqual(value.length);
      expect(length).toBeLessThanOrEqual(Math.max(1, value.length));
    }),
    { numRuns: 3000 },
  );
});
