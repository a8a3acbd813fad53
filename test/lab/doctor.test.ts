import { afterAll, beforeAll, expect, it } from 'vitest';

import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addUplink } from '../../src/lab/network.ts';
import { installShell } from '../../src/lab/install.ts';
import { checkout, describeLab } from './support/lab.ts';
import { must } from './support/service.ts';

const description = `[host]
name = lab
uplink = eth0
links = iproute2

[network internal]
ipv4 = 10.0.3.1/24
nat = yes

[container web1]
id = 11
network = internal
template = busybox
memory = 64M
`;

interface Report {
  readonly ok: boolean;
  readonly checks: readonly { readonly name: string; readonly found: string }[];
  readonly problems: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
}

describeLab('rc-lxc doctor on a host that runs', () => {
  let host: ThrowawayHost;
  beforeAll(async () => {
    host = await bootThrowawayHost();
    await addUplink(host);
    await installShell(host, checkout);
    // A throw-away host has its control groups from elsewhere.
    await must(host, 'mkdir -p /etc/rc-lxc && rc-update add cgroups sysinit');
    await host.writeFile('/etc/rc-lxc/host.ini', description);
  });
  afterAll(() => host.stop());

  const doctor = async (): Promise<Report & { readonly exitCode: number }> => {
    const { stdout, exitCode } = await host.run([`${checkout}/bin/rc-lxc`, 'doctor', '--json']);
    return { ...(JSON.parse(stdout) as Report), exitCode };
  };

  it('says before an apply what is still to be done', async () => {
    const { problems, exitCode } = await doctor();
    expect(problems.map(({ code }) => code)).toEqual(expect.arrayContaining(['not-applied', 'rootfs-missing']));
    expect(exitCode).toBe(0);
  });

  it('has nothing to say once the description is applied and its services run', async () => {
    await must(host, `${checkout}/bin/rc-lxc apply --create`);
    await must(host, 'rc-service lxc.web1 start');
    expect(await doctor()).toMatchObject({ ok: true, exitCode: 0, problems: [] });
  });

  it.each([
    [
      'foreign-drop-policy',
      'nft add table inet other && nft add chain inet other forward "{ type filter hook forward priority 0; policy drop; }"',
      'nft delete table inet other',
    ],
    ['service-not-in-runlevel', 'rc-update del lxc.web1 default', 'rc-update add lxc.web1 default'],
    [
      'rules-not-loaded',
      'kill -STOP $(pgrep -f "[n]ft monitor") 2>/dev/null; nft delete table inet rc-lxc',
      'kill -CONT $(pgrep -f "[n]ft monitor") 2>/dev/null; rc-service rc-lxc-nft reload',
    ],
    [
      'legacy-config',
      'mkdir /var/lib/lxc/old && echo "lxc.network.type = veth" >/var/lib/lxc/old/config',
      'rm -r /var/lib/lxc/old',
    ],
    ['old-script', 'ln -s lxc /etc/init.d/lxc.old', 'rm /etc/init.d/lxc.old'],
    ['legacy-cgroup-mode', `echo 'rc_cgroup_mode="legacy"' >>/etc/rc.conf`, "sed -i '$d' /etc/rc.conf"],
  ])('finds %s, and no more once it is mended', async (code, harm, remedy) => {
    await must(host, harm);
    const ill = await doctor();
    await must(host, remedy);
    expect(ill.problems.map((problem) => problem.code)).toContain(code);
    expect((await doctor()).problems).toEqual([]);
  });
});
