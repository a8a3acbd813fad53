import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addNeighbour, addUplink, type Neighbour, type Uplink } from '../../src/lab/network.ts';
import { describeHost, rewrite } from './support/describe-host.ts';
import { describeLab } from './support/lab.ts';
import { addressesOf, defaultRoute, pings, pingsFrom, portsOf, reaches } from './support/networks.ts';
import { initPid, must, rc, rcStatus } from './support/service.ts';

const internal = (network: string): string => `
[host]
name = excelsior
links = iproute2

[network internal]
type = bridge
${network}

[container one]
id = 11
network = internal

[container two]
id = 12
network = internal
`;

const usual = internal('ipv4 = 10.0.3.1/24\nipv6 = fd00:0:0:3::1/64');
const bridge = 'br-internal';
const service = `rc-lxc-link.${bridge}`;
const settings = `/etc/conf.d/${service}`;

describeLab('the service of a bridge of containers', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await describeHost(host, usual);
  });
  afterAll(() => host.stop());

  const expectUp = async (): Promise<void> => {
    expect(await rcStatus(host, service)).toMatch(/^started/u);
    expect(await addressesOf(host, bridge)).toEqual(['10.0.3.1/24', 'fd00:0:0:3::1/64']);
    expect(await must(host, `ip -o link show ${bridge}`)).toContain(',UP');
  };

  it('makes the bridge with its addresses and the MAC that is pinned, at once', async () => {
    const answer = await rc(host, service, 'start');
    expect(answer).toMatchObject({ exitCode: 0 });
    // Duplicate address detection alone would take longer.
    expect(answer.milliseconds).toBeLessThan(1000);
    await expectUp();
    const mac = /link_mac="(.*)"/u.exec(await host.readFile(settings))?.[1];
    expect(await must(host, `cat /sys/class/net/${bridge}/address`)).toBe(mac);
    expect(await must(host, `ip -o -6 address show dev ${bridge}`)).not.toContain('tentative');
    expect(await must(host, `cat /sys/class/net/${bridge}/bridge/forward_delay`)).toBe('0');
  });

  it('can be told to start, stop and restart again and again', async () => {
    for (const command of ['restart', 'stop', 'start', 'restart']) {
      expect(await rc(host, service, command)).toMatchObject({ exitCode: 0 });
    }
    await expectUp();
  });

  it('removes the bridge when nothing is attached', async () => {
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    expect(await host.exists(`/sys/class/net/${bridge}`)).toBe(false);
    expect(await rcStatus(host, service)).toBe('stopped');
  });

  it('is there before the containers that want it', async () => {
    expect(await rc(host, 'lxc.one', 'start')).toMatchObject({ exitCode: 0 });
    expect(await rc(host, 'lxc.two', 'start')).toMatchObject({ exitCode: 0 });
    await expectUp();
    expect(await portsOf(host, bridge)).toEqual(['one-eth0', 'two-eth0']);
    expect(await pings(host, '10.0.3.11')).toBe(true);
    expect(await pings(host, 'fd00:0:0:3::c')).toBe(true);
    expect(await pingsFrom(host, 'one', '10.0.3.12')).toBe(true);
  });

  it('is restarted under running containers, which notice nothing', async () => {
    const before = [await initPid(host, 'one'), await initPid(host, 'two')];
    const index = await must(host, `cat /sys/class/net/${bridge}/ifindex`);
    const count = `sent=0 lost=0
      until [ -e /stop ] && [ $sent -ge 20 ]; do
        sent=$((sent + 1)); ping -c1 -W1 10.0.3.1 >/dev/null || lost=$((lost + 1)); sleep 0.01
      done; echo $lost`;
    const traffic = host.sh('lxc-attach -n one -- sh -c "$1"', { arguments: [count] });
    expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 0 });
    await expectUp();
    expect(await portsOf(host, bridge)).toEqual(['one-eth0', 'two-eth0']);
    expect(await pingsFrom(host, 'one', '10.0.3.12')).toBe(true);
    expect(await pingsFrom(host, 'two', 'fd00:0:0:3::1')).toBe(true);
    await host.writeFile('/var/lib/lxc/one/rootfs/stop', '');
    expect(await traffic).toMatchObject({ exitCode: 0, stdout: '0\n' });
    expect(await must(host, `cat /sys/class/net/${bridge}/ifindex`)).toBe(index);
    expect([await initPid(host, 'one'), await initPid(host, 'two')]).toEqual(before);
    expect(await rcStatus(host, 'lxc.one')).toMatch(/^started/u);
  });

  it('keeps the bridge of running containers at stop, and says so', async () => {
    const answer = await rc(host, service, 'stop');
    expect(answer).toMatchObject({ exitCode: 0, text: expect.stringMatching(/one-eth0/u) });
    expect(await portsOf(host, bridge)).toEqual(['one-eth0', 'two-eth0']);
    expect(await pingsFrom(host, 'one', '10.0.3.12')).toBe(true);
    expect(await rcStatus(host, 'lxc.one')).toMatch(/^started/u);
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
    await expectUp();
    expect(await pingsFrom(host, 'one', '10.0.3.1')).toBe(true);
  });

  it('takes on other addresses at a restart, and drops those that it had', async () => {
    await rewrite(host, internal('ipv4 = 10.0.3.2/24'), settings);
    expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 0 });
    expect(await addressesOf(host, bridge)).toEqual(['10.0.3.2/24']);
    expect(await pingsFrom(host, 'one', '10.0.3.2')).toBe(true);
    await rewrite(host, usual, settings);
    expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 0 });
    await expectUp();
  });

  it('removes the bridge once its containers are gone', async () => {
    await must(host, 'rc-service lxc.one stop && rc-service lxc.two stop');
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    expect(await host.exists(`/sys/class/net/${bridge}`)).toBe(false);
  });

  describe('a bridge that is there already', () => {
    let foreign: Neighbour;
    const expectForeign = async (): Promise<void> => {
      expect(await portsOf(host, bridge)).toContain('machine');
      expect(await reaches(host, foreign, '10.0.3.9')).toBe(true);
    };

    beforeAll(async () => {
      await must(host, `ip link add ${bridge} type bridge forward_delay 0; ip link set ${bridge} up`);
      await must(host, `ip address add 10.0.3.9/24 dev ${bridge}`);
      // As a virtual machine's tap: a port that is none of ours.
      foreign = await addNeighbour(host, 'machine', { bridge, ipv4: '10.0.3.77/24' });
    });

    it('is adopted with its foreign ports', async () => {
      await expectForeign();
      expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
      await expectForeign();
      expect(await addressesOf(host, bridge)).toEqual(expect.arrayContaining(['10.0.3.1/24', 'fd00:0:0:3::1/64']));
      expect(await rc(host, 'lxc.one', 'start')).toMatchObject({ exitCode: 0 });
      expect(await portsOf(host, bridge)).toEqual(['machine', 'one-eth0']);
      expect(await pingsFrom(host, 'one', '10.0.3.77')).toBe(true);
    });

    it('keeps them over a restart and a stop', async () => {
      expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 0 });
      await expectForeign();
      expect(await rc(host, 'lxc.one', 'stop')).toMatchObject({ exitCode: 0 });
      expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
      await expectForeign();
    });
  });
});

const lan = `
[host]
name = excelsior
uplink = eth0
links = iproute2

[network lan]
type = bridge
ipv4 = 192.0.2.10/24
ipv6 = 2001:db8::10/64
gateway = 192.0.2.1, 2001:db8::1
ports = eth0

[container one]
id = 31
network = lan
`;

describeLab('the service of a bridge that has the network card for a port', () => {
  let host: ThrowawayHost;
  let uplink: Uplink;
  let far: Neighbour;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    uplink = await addUplink(host);
    far = await addNeighbour(host, 'far', { ipv4: '192.0.2.20/24', ipv6: '2001:db8::20/64' });
    await describeHost(host, lan);
  });
  afterAll(() => host.stop());

  const expectAddressesAt = async (link: string): Promise<void> => {
    expect((await addressesOf(host, link)).toSorted()).toEqual(['192.0.2.10/24', '2001:db8::10/64']);
    expect(await defaultRoute(host)).toBe(`${uplink.routerIpv4} ${link}`);
    expect(await defaultRoute(host, 6)).toBe(`${uplink.routerIpv6} ${link}`);
    expect(await pings(host, uplink.routerIpv4)).toBe(true);
    expect(await pings(host, uplink.routerIpv6)).toBe(true);
    expect(await reaches(host, far, '192.0.2.10')).toBe(true);
  };

  it('moves address and default route from the card to the bridge', async () => {
    await expectAddressesAt('eth0');
    expect(await rc(host, 'rc-lxc-link.br-lan', 'start')).toMatchObject({ exitCode: 0 });
    await expectAddressesAt('br-lan');
    expect(await addressesOf(host, 'eth0')).toEqual([]);
    expect(await portsOf(host, 'br-lan')).toEqual(['eth0']);
    // Neighbours, and networks that filter, know the host by the card's.
    expect(await must(host, 'cat /sys/class/net/br-lan/address')).toBe(
      await must(host, 'cat /sys/class/net/eth0/address'),
    );
  });

  it('puts containers on the wire', async () => {
    expect(await rc(host, 'lxc.one', 'start')).toMatchObject({ exitCode: 0 });
    expect(await reaches(host, far, '192.0.2.31')).toBe(true);
    expect(await pingsFrom(host, 'one', uplink.routerIpv6)).toBe(true);
  });

  it('is restarted under running containers, which stay on the wire', async () => {
    const pid = await initPid(host, 'one');
    expect(await rc(host, 'rc-lxc-link.br-lan', 'restart')).toMatchObject({ exitCode: 0 });
    await expectAddressesAt('br-lan');
    expect(await portsOf(host, 'br-lan')).toEqual(['eth0', 'one-eth0']);
    expect(await initPid(host, 'one')).toBe(pid);
    expect(await pingsFrom(host, 'one', '192.0.2.20')).toBe(true);
  });

  it('gives address and default route back to the card at stop', async () => {
    expect(await rc(host, 'lxc.one', 'stop')).toMatchObject({ exitCode: 0 });
    expect(await rc(host, 'rc-lxc-link.br-lan', 'stop')).toMatchObject({ exitCode: 0 });
    expect(await host.exists('/sys/class/net/br-lan')).toBe(false);
    await expectAddressesAt('eth0');
  });

  it('moves them twice', async () => {
    expect(await rc(host, 'rc-lxc-link.br-lan', 'start')).toMatchObject({ exitCode: 0 });
    await expectAddressesAt('br-lan');
    expect(await rc(host, 'rc-lxc-link.br-lan', 'stop')).toMatchObject({ exitCode: 0 });
    await expectAddressesAt('eth0');
  });

  it('names a port that is not there, and leaves the host its network', async () => {
    const portSettings = '/etc/conf.d/rc-lxc-link.br-lan';
    await rewrite(host, lan.replaceAll('ports = eth0', 'ports = eth7'), portSettings);
    await host.writeFile(portSettings, `${await host.readFile(portSettings)}link_port_timeout="1"\n`);
    const answer = await rc(host, 'rc-lxc-link.br-lan', 'start');
    expect(answer).toMatchObject({ exitCode: 1, text: expect.stringContaining('eth7') });
    expect(await host.exists('/sys/class/net/br-lan')).toBe(false);
    await expectAddressesAt('eth0');
  });
});
