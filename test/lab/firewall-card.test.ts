import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEndpoint, type Endpoint } from '../../src/lab/endpoint.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addNeighbour, addUplink } from '../../src/lab/network.ts';
import type { Probe } from '../../src/lab/probes.ts';
import { describeHost } from './support/describe-host.ts';
import { describeLab } from './support/lab.ts';
import { initPid, must, rc } from './support/service.ts';

const source = `
[host]
name = excelsior
uplink = eth0
links = iproute2

[network fast]
type = macvlan
parent = eth0
mode = private
ipv4 = 192.0.2.0/24
ipv6 = 2001:db8::/64
gateway = 192.0.2.1, 2001:db8::1

[container mac]
id = 41
network = fast
allow-in = 192.0.2.20:80/tcp, [2001:db8::20]:80/tcp, any:icmp
allow-out = outside:53/udp

[container free]
id = 42
network = fast
`;

const services = [
  { kind: 'tcp', port: 22 },
  { kind: 'tcp', port: 80 },
  { kind: 'udp', port: 53 },
  { kind: 'icmp' },
] as const;

describeLab('containers that share a card', () => {
  let host: ThrowawayHost;
  const agents = new Map<string, Endpoint>();
  const at = (name: string): Endpoint => {
    const agent = agents.get(name);
    if (agent === undefined) throw new Error(name);
    return agent;
  };

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await addUplink(host);
    for (const [name, last] of [
      ['near', '20'],
      ['other', '21'],
    ] as const) {
      await addNeighbour(host, name, { ipv4: `192.0.2.${last}/24`, ipv6: `2001:db8::${last}/64` });
      agents.set(name, await startEndpoint(host, { namespace: name }));
    }
    await describeHost(host, source);
    for (const name of ['mac', 'free']) {
      const answer = await rc(host, `lxc.${name}`, 'start');
      expect(answer, answer.text).toMatchObject({ exitCode: 0 });
      agents.set(name, await startEndpoint(host, { pid: await initPid(host, name), root: true }));
    }
    for (const [name, agent] of agents)
      expect(await agent.listen({ token: name, tcp: [22, 80], udp: [53] })).toEqual([]);
    // Duplicate address detection in the guests takes its second.
    await must(host, 'sleep 2');
  });
  afterAll(() => host.stop());

  const open = async (from: string, address: string): Promise<readonly string[]> => {
    const probes = services.map((one): Probe =>
      'port' in one ? { kind: one.kind, port: one.port, address } : { kind: one.kind, address },
    );
    const results = await at(from).probe(probes, { timeoutMs: 500, retries: 1 });
    return services.flatMap((one, index) =>
      results[index]?.status === 'open' ? ['port' in one ? `${one.kind} ${String(one.port)}` : one.kind] : [],
    );
  };
  const everything = ['tcp 22', 'tcp 80', 'udp 53', 'icmp'];

  it.each([
    ['192.0.2.', '41'],
    ['2001:db8::', '29'],
  ] as const)('hold what is written for what passes the wire: %s', async (prefix, last) => {
    expect(await open('near', `${prefix}${last}`)).toEqual(['tcp 80', 'icmp']);
    expect(await open('other', `${prefix}${last}`)).toEqual(['icmp']);
    expect(await open('mac', `${prefix}20`)).toEqual(['udp 53']);
    expect(await open('free', `${prefix}21`)).toEqual(everything);
  });

  it('reach what has no policy', async () => {
    expect(await open('near', '192.0.2.42')).toEqual(everything);
  });

  it('send under their own addresses alone', async () => {
    const near = await at('near').state();
    const card = near.links.find(({ ifname }) => ifname === 'eth0');
    const victim = { mac: card?.address ?? '', address: '192.0.2.20' };
    const victim6 = { mac: victim.mac, address: '2001:db8::20' };
    const sniffing = await at('near').sniff({ interface: 'eth0' });
    const base = { interface: 'eth0', victim } as const;
    await at('free').attack([
      { ...base, attack: 'plain', marker: 'plain-one' },
      { ...base, attack: 'foreign-ipv4', source: '192.0.2.77', marker: 'foreign-four' },
      { ...base, attack: 'foreign-ipv4', source: '192.0.2.41', marker: 'victim-four' },
      { ...base, attack: 'vlan', tags: [{ protocol: '802.1Q', id: 42 }], marker: 'vlan-one' },
      // What the kernel is told is not what the frame is.
      { ...base, attack: 'foreign-ipv4', source: '192.0.2.77', toldProtocol: 0x86dd, marker: 'told-four-as-six' },
      { ...base, attack: 'foreign-ipv4', source: '192.0.2.77', toldProtocol: 0x0806, marker: 'told-four-as-arp' },
      {
        ...base,
        victim: victim6,
        attack: 'foreign-ipv6',
        source: '2001:db8::77',
        toldProtocol: 0x0800,
        trafficClass: 0x50,
        marker: 'told-six',
      },
      { ...base, attack: 'plain', ethertype: 0x88b5, toldProtocol: 0x0800, marker: 'told-other' },
      { ...base, attack: 'arp-reply', claim: '192.0.2.77', toldProtocol: 0x86dd, marker: 'told-arp-as-six' },
      { ...base, attack: 'arp-reply', claim: '192.0.2.77', toldProtocol: 0x0800, marker: 'told-arp-as-four' },
      { ...base, attack: 'odd-ethertype', toldProtocol: 0x0800, marker: 'told-odd' },
    ]);
    await must(host, 'sleep 0.3');
    const { markers } = await sniffing.stop();
    expect(Object.keys(markers)).toEqual(['plain-one']);
  });

  it('know the card’s own hardware address, and no other one of the host’s', async () => {
    await must(host, 'ip link add br9 address 02:00:00:00:99:01 type bridge');
    const answer = await rc(host, 'rc-lxc-nft', 'reload');
    expect(answer, answer.text).toMatchObject({ exitCode: 0 });
    const known = await must(host, 'nft list set netdev rc-lxc-eth0 host_macs');
    expect(known).toContain((await must(host, 'cat /sys/class/net/eth0/address')).trim());
    expect(known).not.toContain('02:00:00:00:99:01');
  });
});
