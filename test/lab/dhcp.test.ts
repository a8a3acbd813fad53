import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addNeighbour, addUplink, type Uplink } from '../../src/lab/network.ts';
import { describeHost } from './support/describe-host.ts';
import {
  addClient,
  askFrom,
  askSixFrom,
  askingGuest,
  dhcpHost,
  dnsmasqPid,
  lookUp,
  web1Lease,
} from './support/dhcp.ts';
import { describeLab } from './support/lab.ts';
import { defaultRoute, pingsFrom } from './support/networks.ts';
import { must, rc, rcStatus, until } from './support/service.ts';

const service = 'rc-lxc-dnsmasq';

const sealed = `
[container sealed]
id = 20
network = internal
ipv4 = dhcp
allow-in = none
allow-out = none
`;

/** What the name server outside was asked for: it logs to a file. */
const asked = (host: ThrowawayHost, name: string): Promise<string> =>
  must(host, `grep -c "query.* $1 " /run/outside.log || :`, name);

/** A name server outside, the one that the host asks; it knows www.example.org alone. */
async function serveOutside(host: ThrowawayHost, uplink: Uplink): Promise<void> {
  await host.writeFile('/etc/resolv.conf', `nameserver ${uplink.routerIpv4}\n`);
  const options = ['--no-resolv', '--no-hosts', '--pid-file=', '--log-queries', '--log-facility=/run/outside.log'];
  const names = ['--address=/www.example.org/198.51.100.1', '--interface=lan', '--bind-interfaces', '--user=root'];
  const { exitCode, stderr } = await uplink.run(['dnsmasq', '--conf-file=/dev/null', ...options, ...names]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
}

describeLab('addresses and names by dnsmasq', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    const uplink = await addUplink(host);
    await serveOutside(host, uplink);
    await describeHost(host, dhcpHost(sealed), { web1: askingGuest });
    await addClient(host, 'web1');
    expect(await rc(host, 'lxc.db1', 'start')).toMatchObject({ exitCode: 0 });
    expect(await rc(host, 'lxc.web1', 'start')).toMatchObject({ exitCode: 0 });
  });
  afterAll(() => host.stop());

  it('is brought up by the containers that want it', async () => {
    expect(await rcStatus(host, service)).toMatch(/^started/u);
    const answer = await rc(host, service, 'status');
    expect(answer).toMatchObject({ exitCode: 0, text: expect.stringMatching(/^ \* status: started$/u) });
  });

  it('gives a container that asks when it starts just the address that is described, its router, name and name server', async () => {
    await until(host, `[ -e ${web1Lease} ]`, 15);
    expect(await host.readFile(web1Lease)).toBe(
      '10.0.3.11/24 router=10.0.3.1 dns=10.0.3.1 domain=example.org name=web1\n',
    );
    expect(await pingsFrom(host, 'web1', '192.0.2.1')).toBe(true);
  });

  it('gives an interface no router that is not the way out', async () => {
    expect(await askFrom(host, 'web1', 'eth1')).toMatchObject({ exitCode: 0 });
    expect(await host.readFile('/var/lib/lxc/web1/rootfs/lease.eth1')).toMatch(
      /^10\.0\.4\.11\/24 router= dns=10\.0\.4\.1 /u,
    );
    expect(await askFrom(host, 'web1')).toMatchObject({ exitCode: 0 });
  });

  it.each([
    ['db1', ['10.0.4.12', 'fd00:0:0:4::c']],
    ['db1.example.org', ['10.0.4.12', 'fd00:0:0:4::c']],
    ['10.0.4.12', ['db1.example.org']],
    ['fd00:0:0:4::c', ['db1.example.org']],
    ['10.0.4.11', ['web1.example.org']],
    ['10.0.3.1', ['excelsior.example.org']],
    ['www.example.org', ['198.51.100.1']],
    ['nobody', []],
  ])('resolves %s to %j from inside', async (name, expected) => {
    expect(await lookUp(host, 'web1', name)).toEqual(expected);
  });

  it('names the host by its address in the network that asks', async () => {
    expect(await lookUp(host, 'web1', 'excelsior')).toContain('10.0.3.1');
    expect(await lookUp(host, 'db1', 'excelsior')).toContain('10.0.4.1');
    expect(await lookUp(host, 'db1', 'excelsior')).not.toContain('10.0.3.1');
  });

  it('asks outside for nothing that is known here, nor for private addresses and names without a dot', async () => {
    for (const name of ['db1.example.org', 'nobody', '10.0.3.200', 'fd00::200']) await lookUp(host, 'web1', name);
    expect(await asked(host, 'www.example.org')).not.toBe('0');
    for (const name of ['db1.example.org', 'db1', 'nobody', '200.3.0.10.in-addr.arpa', '.*d.f.ip6.arpa']) {
      expect([name, await asked(host, name)]).toEqual([name, '0']);
    }
  });

  it('announces itself as an IPv6 router, and gives by DHCPv6 the address that is described', async () => {
    await until(host, 'lxc-attach -n web1 -- ip -6 route show default | grep -q "via fe80:"');
    expect(await askSixFrom(host, 'web1', 'eth0')).toMatchObject({
      exitCode: 0,
      stdout: 'fd00:0:0:3::b\nfd00:0:0:3::1\n',
    });
    // The address comes from the description alone: none is made from the prefix.
    const addresses = await must(host, 'lxc-attach -n web1 -- ip -6 addr show dev eth0 scope global');
    expect(addresses.match(/inet6 \S+/gu)).toEqual(['inet6 fd00:0:0:3::b/64']);
  });

  it('gives a container its address that may speak to nobody, and no names', async () => {
    expect(await rc(host, 'lxc.sealed', 'start')).toMatchObject({ exitCode: 0 });
    await addClient(host, 'sealed');
    expect(await askFrom(host, 'sealed')).toMatchObject({ exitCode: 0 });
    expect(await host.readFile('/var/lib/lxc/sealed/rootfs/lease.eth0')).toMatch(/^10\.0\.3\.20\/24 /u);
    expect(await lookUp(host, 'sealed', 'db1')).toEqual([]);
    expect(await rc(host, 'lxc.sealed', 'stop')).toMatchObject({ exitCode: 0 });
  });

  it('gives one that it does not know nothing', async () => {
    const stranger = await addNeighbour(host, 'stranger', { bridge: 'br-internal', mac: '02:00:00:00:99:99' });
    const client = ['busybox', 'udhcpc', '-f', '-n', '-q', '-i', 'eth0', '-t', '3', '-T', '1', '-s', '/bin/true'];
    const result = await stranger.run(client);
    expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no lease') });
  });

  it('listens on the links alone', async () => {
    const { stdout } = await host.run(['ss', '-H', '-l', '-n', '-t', '-u', 'sport', '=', ':53']);
    const addresses = stdout.split('\n').flatMap((line) => line.split(/\s+/u)[4] ?? []);
    const own = addresses.filter((address) => !address.startsWith('[fe80:'));
    expect([...new Set(own)].toSorted()).toEqual(
      ['10.0.3.1:53', '10.0.4.1:53', '[fd00:0:0:3::1]:53', '[fd00:0:0:4::1]:53'].toSorted(),
    );
  });

  it('goes on when a link is made anew under it', async () => {
    const before = await dnsmasqPid(host);
    await host.run(['ip', 'link', 'delete', 'br-internal']);
    expect(await rc(host, 'rc-lxc-link.br-internal', 'restart')).toMatchObject({ exitCode: 0 });
    await until(host, 'lxc-attach -n web1 -- ping -c1 -W1 10.0.3.1');
    expect(await askFrom(host, 'web1')).toMatchObject({ exitCode: 0 });
    expect(await lookUp(host, 'web1', 'db1')).toContain('10.0.4.12');
    expect(await askSixFrom(host, 'web1', 'eth0')).toMatchObject({ exitCode: 0 });
    expect(await dnsmasqPid(host)).toBe(before);
    expect((await rc(host, service, 'status')).text).toBe(' * status: started');
  });

  it('is started again when it is killed', async () => {
    const before = await dnsmasqPid(host);
    await must(host, 'kill -9 "$1"', before);
    await until(host, `[ "$(cat /run/rc-lxc-dnsmasq/pid)" != ${before} ]`, 5);
    expect(await lookUp(host, 'web1', 'db1')).toContain('10.0.4.12');
    expect(await rcStatus(host, service)).toMatch(/^started/u);
  });

  it('leaves the host’s own way of finding names alone', async () => {
    expect(await host.readFile('/etc/resolv.conf')).toBe('nameserver 192.0.2.1\n');
    expect(await defaultRoute(host, 6)).toBe('2001:db8::1 eth0');
  });
});

const fromMacs = `
[host]
name = excelsior
domain = lab.home.arpa
uplink = eth0
links = iproute2

[network internal]
ipv4 = 10.0.3.1/24
ipv6 = fd00:0:0:3::1/64
dhcp = yes

[container web1]
id = 11
network = internal
ipv6 = eui-64
`;

describeLab('a network whose IPv6 addresses come from hardware addresses', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await serveOutside(host, await addUplink(host));
    await describeHost(host, fromMacs);
    expect(await rc(host, 'lxc.web1', 'start')).toMatchObject({ exitCode: 0 });
  });
  afterAll(() => host.stop());

  const sixOf = (): Promise<string> => must(host, 'lxc-attach -n web1 -- ip -6 addr show dev eth0 scope global');

  it('gives a container that has lost its address the same by the announcement alone', async () => {
    const described = /inet6 (\S+)/u.exec(await sixOf())?.[1];
    expect(described).toMatch(/^fd00::3:.*ff:fe/u);
    await must(host, 'lxc-attach -n web1 -- ip link set eth0 down');
    expect(await sixOf()).toBe('');
    await must(host, 'lxc-attach -n web1 -- ip link set eth0 up');
    await expect.poll(sixOf, { timeout: 20_000 }).toContain(`inet6 ${described ?? ''} `);
  });

  it('asks nobody outside for names of a domain that only this host can know', async () => {
    expect(await lookUp(host, 'web1', 'web1.lab.home.arpa')).toContain('10.0.3.11');
    expect(await lookUp(host, 'web1', 'nobody.lab.home.arpa')).toEqual([]);
    expect(await asked(host, 'nobody.lab.home.arpa')).toBe('0');
    expect(await lookUp(host, 'web1', 'www.example.org')).toEqual(['198.51.100.1']);
  });
});
