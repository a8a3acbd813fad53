import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addUplink } from '../../src/lab/network.ts';
import { describeHost } from './support/describe-host.ts';
import { describeLab } from './support/lab.ts';
import { installNetifrc } from './support/netifrc.ts';
import { addressesOf, defaultRoute, pings, pingsFrom, portsOf } from './support/networks.ts';
import { initPid, must, rc, rcStatus } from './support/service.ts';
import { shells, type Shell } from './support/shells.ts';

const source = `
[host]
name = excelsior
uplink = eth0
links = netifrc

[network internal]
type = bridge
ipv4 = 10.0.3.1/24
ipv6 = fd00:0:0:3::1/64

[network lan]
type = bridge
ipv4 = 192.0.2.10/24
gateway = 192.0.2.1
ports = eth0

[container one]
id = 11
network = internal

[container two]
id = 12
network = internal

[container out]
id = 31
network = lan
`;

const theirs = 'config_eth1="192.0.2.99/24"\n';

const underShell = (shell: Shell) => (): void => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost({ shell });
    await addUplink(host, { unconfigured: true });
    await installNetifrc(host);
    await host.writeFile('/etc/conf.d/net', theirs);
    await describeHost(host, source);
  });
  afterAll(() => host.stop());

  const expectOnBridge = async (): Promise<void> => {
    expect(await addressesOf(host, 'br-internal')).toEqual(['10.0.3.1/24', 'fd00:0:0:3::1/64']);
    expect(await portsOf(host, 'br-internal')).toEqual(['one-eth0', 'two-eth0']);
    expect(await pings(host, '10.0.3.11')).toBe(true);
    expect(await pingsFrom(host, 'one', '10.0.3.12')).toBe(true);
    expect(await pingsFrom(host, 'two', 'fd00:0:0:3::1')).toBe(true);
  };

  it('has its bridge made by netifrc before the containers that want it', async () => {
    expect(await rc(host, 'lxc.one', 'start')).toMatchObject({ exitCode: 0 });
    expect(await rc(host, 'lxc.two', 'start')).toMatchObject({ exitCode: 0 });
    expect(await rcStatus(host, 'net.br-internal')).toMatch(/^started/u);
    await expectOnBridge();
    const mac = /mac_br_internal="(.*)"/u.exec(await host.readFile('/etc/conf.d/net.br-internal'))?.[1];
    expect(await must(host, 'cat /sys/class/net/br-internal/address')).toBe(mac);
  });

  it('has its containers put back on the bridge when its service is restarted', async () => {
    const before = [await initPid(host, 'one'), await initPid(host, 'two')];
    const index = await must(host, 'cat /sys/class/net/br-internal/ifindex');
    expect(await rc(host, 'net.br-internal', 'restart')).toMatchObject({ exitCode: 0 });
    // Another bridge of the same name.
    expect(await must(host, 'cat /sys/class/net/br-internal/ifindex')).not.toBe(index);
    await expectOnBridge();
    expect([await initPid(host, 'one'), await initPid(host, 'two')]).toEqual(before);
    expect(await rcStatus(host, 'lxc.two')).toMatch(/^started/u);
  });

  it('has them put back after a stop and a start, too', async () => {
    expect(await rc(host, 'net.br-internal', 'stop')).toMatchObject({ exitCode: 0 });
    expect(await rcStatus(host, 'lxc.one')).toMatch(/^started/u);
    expect(await rc(host, 'net.br-internal', 'start')).toMatchObject({ exitCode: 0 });
    await expectOnBridge();
  });

  it('puts the network card into a bridge, with address and default route, and containers on the wire', async () => {
    expect(await rc(host, 'lxc.out', 'start')).toMatchObject({ exitCode: 0 });
    expect(await addressesOf(host, 'br-lan')).toEqual(['192.0.2.10/24']);
    expect(await defaultRoute(host)).toBe('192.0.2.1 br-lan');
    expect(await pingsFrom(host, 'out', '192.0.2.1')).toBe(true);
    expect(await rc(host, 'net.br-lan', 'restart')).toMatchObject({ exitCode: 0 });
    expect(await portsOf(host, 'br-lan')).toEqual(['eth0', 'out-eth0']);
    expect(await pings(host, '192.0.2.1')).toBe(true);
    expect(await pingsFrom(host, 'out', '192.0.2.1')).toBe(true);
  });

  it('leaves what the user has in netifrc’s own file as it is', async () => {
    expect(await host.readFile('/etc/conf.d/net')).toBe(theirs);
    expect(await must(host, 'readlink /etc/init.d/net.br-internal')).toBe('net.lo');
  });
};

for (const shell of shells) describeLab(`a bridge of netifrc under ${shell}`, underShell(shell));
