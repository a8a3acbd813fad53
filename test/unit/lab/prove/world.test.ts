import { describe as suite, expect, it } from 'vitest';
import { contains, overlaps, parseIp, parsePrefix } from '../../../../src/base/ip.ts';
import { planWorld } from '../../../../src/lab/prove/world.ts';
import type { World } from '../../../../src/lab/prove/world.ts';
import { modelOf } from './support.ts';

const source = `[host]
uplink = eth0
ipv4 = 192.168.7.10
[network internal]
ipv4 = 10.0.3.1/24
ipv6 = fd00:0:0:3::1/64
nat = yes
[network fast]
type = macvlan
parent = eth0
ipv4 = 192.168.7.0/24
gateway = 192.168.7.1
[network dmz]
type = vlan
parent = eth1
vlan = 42
ipv4 = 192.0.2.0/24
[network tagged]
type = macvlan
parent = eth1.43
ipv4 = 198.51.100.0/24
[container web1]
id = 11
network = internal
[container fast1]
id = 254
network = fast
`;

const all = ({ segments, transit }: World): readonly string[] => [
  ...segments.flatMap(({ host, router, neighbour }) => [...host, ...router, ...neighbour]),
  ...transit.flatMap(({ router, client }) => [router, client]),
];

suite('what is made up around a host', () => {
  const world = planWorld(modelOf(source), { vlans: true });

  it('has a segment for each card and each VLAN, with the gateway that is given', () => {
    expect(
      world.segments.map(({ name, card, hostInterface, networks }) => [name, card, hostInterface, networks]),
    ).toEqual([
      ['lan0', 'eth0', 'eth0', ['fast']],
      ['lan1', 'eth1', 'eth1', []],
      ['lan1.42', 'eth1', undefined, ['dmz']],
      ['lan1.43', 'eth1', 'eth1.43', ['tagged']],
    ]);
    expect(world.segments[0]?.router).toContain('192.168.7.1/24');
  });

  it('takes the length of the host’s address from the network on the same wire', () => {
    expect(world.segments[0]?.host[0]).toBe('192.168.7.10/24');
    expect(world.gateways).toContainEqual({ address: '192.168.7.1', dev: 'eth0' });
  });

  it('takes no address that the description gives to another, and no prefix that it has elsewhere', () => {
    const addresses = all(world).map((text) => text.split('/')[0]);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses).not.toContain('192.168.7.254');
    const described = ['192.0.2.0/24', '198.51.100.0/24', '10.0.3.0/24'].map((text) => parsePrefix(text));
    for (const { client } of world.transit) {
      const prefix = parsePrefix(client);
      if (prefix === undefined) throw new Error(client);
      expect(described.some((other) => other !== undefined && overlaps(other, prefix))).toBe(false);
    }
  });

  it('gives the outside a route to what is behind the host, so that only the packet filter stops it', () => {
    expect(world.behind.map(({ prefix }) => prefix)).toEqual(['10.0.3.0/24', 'fd00:0:0:3::/64']);
    const own = world.segments[0]?.host ?? [];
    for (const { via } of world.behind) expect(own.map((text) => text.split('/')[0])).toContain(via);
  });

  it('makes a card of eth1.43 where the kernel has no VLANs', () => {
    const plain = planWorld(modelOf(source), { vlans: false });
    expect(plain.segments.map(({ card, vlan }) => [card, vlan])).toContainEqual(['eth1.43', undefined]);
  });

  it('lets the host answer for routed containers in the network of its uplink', () => {
    const routed = `[host]\nuplink = eth0\nipv4 = 203.0.113.10\n[network edge]\ntype = routed\nipv4 = 203.0.113.64/28\n`;
    const { behind, segments } = planWorld(modelOf(routed), { vlans: true });
    expect(behind).toEqual([]);
    const host = parsePrefix(segments[0]?.host[0] ?? '');
    const inside = parseIp('203.0.113.65');
    expect(host !== undefined && inside !== undefined && contains(host, inside)).toBe(true);
  });
});
