import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { hostProblems } from '../../../src/commands/host-problems.ts';
import { runningKernel } from '../../../src/commands/kernel.ts';
import { kernelOptions } from '../../../src/kernel/catalogue.ts';
import { realHost } from '../../../src/host/real.ts';
import type { Host, Output } from '../../../src/host/types.ts';
import { modelOf } from '../resolve/support.ts';

interface Machine {
  readonly texts?: Readonly<Record<string, string>>;
  readonly config?: Buffer;
  /** What ss prints. */
  readonly listening?: string;
}

const release = { '/proc/sys/kernel/osrelease': '6.1.0-test\n' };

/** A host that has these files, every program, and no other module loaded. */
function host({ texts = release, config, listening }: Machine): Host {
  const ss: Output = { stdout: listening ?? '', stderr: '', exitCode: 0 };
  return {
    ...realHost('/'),
    live: true,
    isRoot: false,
    readText: (path) => texts[path],
    isDirectory: () => false,
    look: (path) => {
      if (path !== '/proc/config.gz') return { kind: 'file', content: '', mode: 0o755 };
      return config === undefined
        ? { kind: 'absent' }
        : { kind: 'file', content: config.toString('latin1'), mode: 0o444, encoding: 'latin1' };
    },
    run: async ([program]) => (program === 'ss' ? ss : undefined),
  };
}

const veth = { name: 'CONFIG_VETH', module: 'veth', why: '' };
const filtering = { name: 'CONFIG_BRIDGE_VLAN_FILTERING', why: '' };
const vlan = { name: 'CONFIG_VLAN_8021Q', module: '8021q', why: '' };
const config = 'CONFIG_VETH=m\nCONFIG_BRIDGE_VLAN_FILTERING=y\n# CONFIG_VLAN_8021Q is not set\n';

describe('the kernel that runs', () => {
  it.each<[string, Machine, readonly string[]]>([
    ['its own configuration', { config: gzipSync(config) }, ['yes', 'yes', 'no']],
    ['the file beside it', { texts: { ...release, '/boot/config-6.1.0-test': config } }, ['yes', 'yes', 'no']],
    [
      'modules that lie ready or are built in',
      {
        texts: {
          ...release,
          '/lib/modules/6.1.0-test/modules.dep': 'kernel/drivers/net/veth.ko.xz: kernel/net/core.ko.xz\n',
          '/lib/modules/6.1.0-test/modules.builtin': 'kernel/net/bridge/bridge.ko\n',
        },
      },
      ['yes', 'unknown', 'no'],
    ],
    ['nothing', {}, ['unknown', 'unknown', 'unknown']],
    ['a file that is none', { config: Buffer.from([0xff, 0xfe, 0x00]) }, ['unknown', 'unknown', 'unknown']],
  ])('is known by %s', (_, machine, expected) => {
    const kernel = runningKernel(host(machine));
    expect(kernel.release).toBe('6.1.0-test');
    expect([veth, filtering, vlan].map((option) => kernel.has(option))).toEqual(expected);
  });

  it('is not asked below another root', () => {
    expect(runningKernel({ ...host({ config: gzipSync(config) }), live: false }).has(veth)).toBe('unknown');
  });
});

describe('what check finds on the host', () => {
  const lan = '[host]\nuplink = eth0\n[network lan]\nipv4 = 192.168.7.2/24\nports = eth0\n';

  it('names what a network needs of the kernel, and what follows', async () => {
    const others = kernelOptions().filter(({ option }) => option !== 'CONFIG_BRIDGE_VLAN_FILTERING');
    const machine = { config: gzipSync(others.map(({ option }) => `${option}=m\n`).join('')) };
    const problems = await hostProblems(host(machine), modelOf(`${lan}[network inner]\nipv4 = 10.0.3.1/24\n`));
    expect(problems).toMatchObject([
      {
        severity: 'warning',
        code: 'kernel-option-missing',
        message: expect.stringMatching(
          /^lan: this kernel has no CONFIG_BRIDGE_VLAN_FILTERING: .*promiscuous; type routed/u,
        ),
        where: { line: 3 },
      },
    ]);
  });

  it('names who takes the port that dnsmasq needs, where it is needed', async () => {
    const listening = [
      'udp UNCONN 0 0 0.0.0.0:53 0.0.0.0:* users:(("named",pid=12,fd=5))',
      'tcp LISTEN 0 9 *:53 *:* users:(("named",pid=12,fd=6))',
      'udp UNCONN 0 0 127.0.0.53%lo:53 0.0.0.0:* users:(("resolver",pid=13,fd=5))',
      '',
    ].join('\n');
    const served = modelOf('[network inner]\nipv4 = 10.0.3.1/24\ndhcp = yes\n');
    expect(await hostProblems(host({ listening }), served)).toMatchObject([
      { code: 'name-port-taken', severity: 'warning', message: expect.stringMatching(/^named answers on port 53/u) },
    ]);
    expect(await hostProblems(host({ listening }), modelOf('[network inner]\nipv4 = 10.0.3.1/24\n'))).toEqual([]);
  });
});
