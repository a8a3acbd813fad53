import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEndpoint } from '../../src/lab/endpoint.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addUplink } from '../../src/lab/network.ts';
import { makeBusyboxRootfs } from '../../src/lab/guest.ts';
import { installShell } from '../../src/lab/install.ts';
import { checkout, describeLab } from './support/lab.ts';
import { initPid, must, rc } from './support/service.ts';

const source = `[host]
name = excelsior
uplink = eth0
links = iproute2

[network internal]
type = bridge
ipv4 = 10.0.3.1/24
nat = yes

[container web]
id = 11
network = internal
allow-in = client:80/tcp, host:1000-1010/udp

[container client]
id = 12
network = internal
allow-out = web:80/tcp
`;

describeLab('commands that tell of the firewall', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await addUplink(host);
    await installShell(host, checkout);
    await host.writeFile('/etc/rc-lxc/host.ini', source);
    for (const name of ['web', 'client']) makeBusyboxRootfs(host, name, { init: 'instant' });
    await must(host, '"$1" apply', `${checkout}/bin/rc-lxc`);
    for (const name of ['web', 'client']) expect(await rc(host, `lxc.${name}`, 'start')).toMatchObject({ exitCode: 0 });
  });
  afterAll(() => host.stop());

  const rcLxc = async (...words: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> =>
    host.run([`${checkout}/bin/rc-lxc`, ...words], { timeoutMs: 60_000 });

  it('show each rule with the line that it comes from', async () => {
    const { stdout, exitCode } = await rcLxc('firewall');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^web\n(?:  .*\n)*  allow-in \(\/etc\/rc-lxc\/host\.ini:14\): client:80\/tcp$/mu);
    expect(stdout).toMatch(/^web\n(?:  .*\n)*  allow-in \(\/etc\/rc-lxc\/host\.ini:14\): host:1000-1010\/udp$/mu);
    expect(stdout).toMatch(/^client\n(?:  .*\n)*  allow-out \(\/etc\/rc-lxc\/host\.ini:19\): web:80\/tcp$/mu);
    expect(stdout).toMatch(/^internal\n  nat \(\/etc\/rc-lxc\/host\.ini:9\): /mu);
  });

  it('count what was dropped by container', async () => {
    const client = await startEndpoint(host, { pid: await initPid(host, 'client') });
    await client.flood({ address: '10.0.3.11', port: 9, durationMs: 100, perSecond: 100 });
    await client.flood({ address: '10.0.3.1', port: 9, durationMs: 100, perSecond: 100 });
    await client.close();
    const { stdout } = await rcLxc('status', '--json');
    const { containers } = JSON.parse(stdout) as {
      containers: readonly { name: string; drops: { sent: number; received: number } }[];
    };
    const [web, asking] = containers;
    expect(asking?.drops.sent).toBeGreaterThan(web?.drops.received ?? 0);
    expect(web?.drops).toMatchObject({ sent: 0 });
    expect(web?.drops.received).toBeGreaterThan(1);
    expect((await rcLxc('status')).stdout).toMatch(/DROPS[^]*\nclient .* \d+\/0 /u);
    expect((await rcLxc('firewall', '--live')).stdout).toMatch(/^client +[1-9]\d* +0$/mu);
  });

  it('name containers that run with an interface as it was before the description changed', async () => {
    expect((await rcLxc('status')).stderr).not.toContain('hardware addresses');
    const mac = await must(host, 'cat /sys/class/net/web-eth0/address');
    await must(host, 'ip link set web-eth0 address fe:00:00:00:00:01');
    expect((await rcLxc('status')).stderr.replaceAll(/\s+/gu, ' ')).toContain(
      'web: still with other hardware addresses on the host than described',
    );
    expect(JSON.parse((await rcLxc('status', '--json')).stdout)).toMatchObject({ outdated: ['web'] });
    await must(host, 'ip link set web-eth0 address "$1"', mac);
    expect((await rcLxc('status')).stderr).not.toContain('hardware addresses');
  });

  it('tell when what is loaded is not what is described', async () => {
    expect(await rcLxc('firewall', '--live')).toMatchObject({ exitCode: 0 });
    await host.writeFile('/etc/rc-lxc/host.ini', source.replace('client:80/tcp', 'client:81/tcp'));
    const { exitCode, stderr } = await rcLxc('firewall', '--live');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('rules-not-loaded');
    await must(host, '"$1" apply && rc-service rc-lxc-nft reload', `${checkout}/bin/rc-lxc`);
    expect(await rcLxc('firewall', '--live')).toMatchObject({ exitCode: 0 });
    await rc(host, 'rc-lxc-nft', 'stop');
    expect((await rcLxc('firewall', '--live')).stderr).toContain('rc-service rc-lxc-nft start');
  });
});
