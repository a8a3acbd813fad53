import { afterAll, beforeAll, expect, it } from 'vitest';

import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import type { RunResult } from '../../src/lab/host.ts';
import { checkout, describeLab } from './support/lab.ts';
import { must } from './support/service.ts';

const description = `[host]
name = lab
uplink = eth0
links = iproute2

[network internal]
ipv4 = 10.0.3.1/24
nat = yes

[profile small]
network = internal
template = busybox
stop-timeout = 3s
`;

const container = (name: string, id: number, more = ''): string =>
  `\n[container ${name}]\nid = ${id}\nuse = small\n${more}`;

describeLab('the commands on a host', () => {
  let host: ThrowawayHost;
  const rcLxc = (...args: readonly string[]): Promise<RunResult> => host.run([`${checkout}/bin/rc-lxc`, ...args]);
  const describeHost = (text: string): Promise<void> => host.writeFile('/etc/rc-lxc/host.ini', `${description}${text}`);
  /** The row of each container: service and LXC. */
  const states = async (): Promise<Record<string, string>> => {
    const { containers } = JSON.parse((await rcLxc('status', '--json')).stdout) as {
      containers: readonly { name: string; service: string; lxc: string; memory?: number; address?: string }[];
    };
    for (const { name, lxc, memory, address } of containers) {
      const info = (await host.run(['lxc-info', '-n', name, '-sH'])).stdout.trim();
      expect(lxc, name).toBe(info);
      if (lxc === 'STOPPED') continue;
      expect(address).toBe((await host.run(['lxc-info', '-n', name, '-iH'])).stdout.trim());
      expect(memory).toBeGreaterThan(0);
    }
    return Object.fromEntries(containers.map(({ name, service, lxc }) => [name, `${service} ${lxc}`]));
  };

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await host.run(['ip', 'link', 'add', 'eth0', 'type', 'dummy']);
    await describeHost(container('one', 11));
  });
  afterAll(() => host.stop());

  it('check says that the OpenRC scripts are not installed, and netifrc where it is wanted', async () => {
    const before = await rcLxc('check');
    expect(before.exitCode).toBe(0);
    expect(before.stderr).toContain('warning[script-missing]: /etc/init.d/rc-lxc is not there');
    await installShell(host, checkout);
    expect(await rcLxc('check')).toMatchObject({ exitCode: 0, stderr: '' });
    const text = `${description}${container('one', 11)}`.replace('iproute2', 'netifrc');
    await host.writeFile('/root/netifrc.ini', text);
    expect((await rcLxc('check', '-c', '/root/netifrc.ini')).stderr).toContain('/etc/init.d/net.lo is not there');
  });

  it('check names tables that drop forwarded packets, with a remedy for both directions that nft takes', async () => {
    await must(
      host,
      "nft 'add table ip foreign; add chain ip foreign F { type filter hook forward priority 0; policy drop; }'",
    );
    const { stderr } = await rcLxc('check');
    expect(stderr).toContain('warning[foreign-drop-policy]: table ip foreign');
    const lines = stderr.match(/nft insert rule [^;\n]*/gu) ?? [];
    expect(lines).toHaveLength(2);
    for (const line of lines) await must(host, line);
    const rules = (await host.run(['nft', 'list', 'chain', 'ip', 'foreign', 'F'])).stdout;
    expect(rules).toMatch(/oifname "br-\*" accept[\s\S]*iifname "br-\*" accept/u);
    // What the hint says is what makes the warning go.
    expect((await rcLxc('check')).stderr).not.toContain('foreign-drop-policy');
    await must(host, 'nft delete table ip foreign');
    await must(
      host,
      "nft 'add table inet last; add chain inet last f { type filter hook forward priority 0; }; add rule inet last f counter drop'",
    );
    expect((await rcLxc('check')).stderr).toContain('drops forwarded packets by its last rule');
    await must(host, 'nft delete table inet last');
  });

  it('check works from a directory that its user may not enter', async () => {
    const argv = [
      'setpriv',
      '--reuid',
      '65534',
      '--regid',
      '65534',
      '--clear-groups',
      `${checkout}/bin/rc-lxc`,
      'check',
    ];
    await must(host, 'mkdir -m 700 /closed');
    const { stderr, exitCode } = await host.sh(`cd /closed && exec "$@"`, { arguments: argv });
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  });

  it('apply tells what it has done beside what failed', async () => {
    await describeHost(container('one', 11) + container('two', 12) + container('bad', 13, 'template = no-such\n'));
    const result = await rcLxc('apply', '--create');
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toMatch(/^done: \d+ created/u);
    expect(result.stdout).toContain('made the rootfs of one\nmade the rootfs of two\n');
    expect(result.stdout).toContain('no rootfs yet: bad');
    expect(result.stderr).toContain('error[create-failed]: bad: its rootfs could not be made');
    expect(result.stderr).not.toContain('\u{FFFD}');
    const again = await rcLxc('apply', '--create', '--json');
    expect(again.exitCode).toBe(1);
    expect(JSON.parse(again.stdout)).toMatchObject({
      plan: { changes: [] },
      withoutRootfs: ['bad'],
      problems: [{ code: 'create-failed', severity: 'error' }],
    });
    await describeHost(container('one', 11) + container('two', 12));
    expect((await rcLxc('apply')).exitCode).toBe(0);
  });

  it('status says what OpenRC and LXC say, however a container came to its state', async () => {
    expect(await states()).toEqual({ one: 'stopped STOPPED', two: 'stopped STOPPED' });
    await must(host, 'rc-service lxc.one start && lxc-start -n two');
    expect(await states()).toEqual({ one: 'started RUNNING', two: 'stopped RUNNING' });
    await must(host, 'lxc-freeze -n one && lxc-stop -k -n two');
    expect(await states()).toEqual({ one: 'started FROZEN', two: 'stopped STOPPED' });
    await must(host, 'lxc-unfreeze -n one && kill -9 "$(lxc-info -n one -pH)" && lxc-wait -n one -s STOPPED');
    expect(await states()).toEqual({ one: 'crashed STOPPED', two: 'stopped STOPPED' });
    await must(host, 'rc-service lxc.one zap');
  });

  it('apply --restart tells why a service did not come back', async () => {
    await must(host, 'rc-service lxc.one start');
    await describeHost(container('one', 11, 'ready = tcp:81\nready-timeout = 1s\n') + container('two', 12));
    const { stdout, stderr, exitCode } = await rcLxc('apply', '--restart');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^done: 1 changed$/mu);
    expect(stderr).toMatch(/error\[restart-failed\]: lxc\.one did not restart: one did not start: .*tcp:81.*1 second/u);
    expect(stderr).not.toContain('\u{FFFD}');
    expect(await states()).toEqual({ one: 'stopped STOPPED', two: 'stopped STOPPED' });
  });

  it('status does not take a container for stopped when LXC cannot be asked', async () => {
    await must(host, 'mv /usr/bin/lxc-ls /usr/bin/lxc-ls.away');
    const { stdout, stderr, exitCode } = await rcLxc('status');
    await must(host, 'mv /usr/bin/lxc-ls.away /usr/bin/lxc-ls');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^one +stopped +UNKNOWN/mu);
    expect(stderr).toContain('LXC could not be asked');
  });
});
