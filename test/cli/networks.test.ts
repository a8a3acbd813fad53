import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { rcLxc, scratch } from './support.ts';

const source = `
[host]
uplink = eth0

[network internal]
ipv4 = 10.0.3.1/24
nat = yes

[network fast]
type = macvlan
ipv4 = 192.168.7.0/24

[container web1]
id = 11
network = internal
allow-in = host:22/tcp, internal:80/tcp

[container fast1]
id = 12
network = fast
allow-in = host:22/tcp
`;

function described(): string {
  const path = join(scratch(), 'host.ini');
  writeFileSync(path, source);
  return path;
}

describe('rc-lxc networks', () => {
  it('shows every type within 80 columns, with what each reaches', () => {
    const { stdout, exitCode } = rcLxc(['networks', '--root', scratch()]);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/^bridge nat +yes +both +out +- +all +1\.0 /mu);
    expect(stdout).toMatch(/^macvlan host-access +yes +both +both +asked +wire /mu);
    expect(stdout).toMatch(/^none +yes +both +both +- +nothing /mu);
  });

  it('says what is declared and what fits, also when the type cannot do it', () => {
    const { stdout, stderr, exitCode } = rcLxc(['networks', '-c', described()]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('error[peer-unreachable]');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toContain('keep bridge: it does all that is declared, and can hold every check');
    expect(stdout).toContain(
      [
        '  better macvlan: fast1 has allow-in = host:22/tcp, and the host reaches nothing',
        '    in it; with macvlan, host-access = yes, the host reaches them',
        '    - write host-access = yes',
      ].join('\n'),
    );
  });

  it('says the same to a program', () => {
    const { stdout } = rcLxc(['networks', '-c', described(), '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      types: expect.arrayContaining([expect.objectContaining({ type: 'bridge', keys: { nat: 'yes' } })]),
      networks: [
        {
          name: 'internal',
          recommendation: { keep: true, changes: [] },
          allowIn: ['web1: host:22/tcp', 'web1: internal:80/tcp'],
        },
        { name: 'fast', recommendation: { keep: false, type: 'macvlan', keys: { 'host-access': 'yes' } } },
      ],
    });
  });

  it('is refused a description that is not there', () => {
    expect(rcLxc(['networks', '-c', '/no/such/host.ini']).exitCode).toBe(1);
  });
});
