import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startEndpoint, type Attack, type Endpoint } from '../../src/lab/endpoint.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import {
  attackSegment,
  attackTools,
  badMac,
  eth0,
  peerIs,
  victimIs,
  victimIs6,
  type AttackSegment,
} from './support/attack-segment.ts';
import { describeLab } from './support/lab.ts';
import { must } from './support/service.ts';

const badLinkLocal = 'fe80::ff:fe00:66';
const gatewayLinkLocal = 'fe80::ff:fe00:fe';

describeLab('the attacks of root inside on what others believe, where nothing is held back', () => {
  let host: ThrowawayHost;
  let segment: AttackSegment;
  let bad: Endpoint;
  let victim: Endpoint;
  let peer: Endpoint;
  const { attack, until, neighbour, delivered, seenBy } = attackTools(() => segment);

  beforeAll(async () => {
    host = await bootThrowawayHost();
    segment = await attackSegment(host);
    ({ bad, victim, peer } = segment);
  });
  afterAll(() => host.stop());

  describe('root of a user namespace', () => {
    it('has its own network and none of the host’s', async () => {
      expect((await bad.state()).links.map(({ ifname }) => ifname)).toEqual(['lo', 'eth0']);
      expect(await must(host, 'grep -E "^(Uid|CapEff)" "/proc/$1/status"', String(bad.pid))).toMatch(
        /^Uid:\s+100000\s+100000\s+100000\s+100000\nCapEff:\s+[0-9a-f]+$/u,
      );
      const other = await bad.ip('-netns', 'victim', 'link', 'set', 'eth0', 'down');
      expect(other).toMatchObject({ exitCode: 255, stderr: expect.stringMatching(/not permitted|denied/u) });
      expect(await bad.ip('link', 'set', 'eth0', 'promisc', 'on')).toMatchObject({ exitCode: 0 });
    });

    it('ends with the process whose namespaces it is in', async () => {
      const pid = await must(host, 'unshare --net sleep 1000 >/dev/null 2>&1 & echo $!');
      const guest = await startEndpoint(host, { pid: Number(pid) });
      await must(host, 'kill "$1"', pid);
      await vi.waitFor(async () => expect(await host.exists(`/proc/${String(guest.pid)}`)).toBe(false), 10_000);
      await expect(guest.seen()).rejects.toThrow('the agent');
    });
  });

  describe('address resolution', () => {
    beforeAll(async () => {
      await victim.probe([
        { kind: 'icmp', address: '10.9.0.3' },
        { kind: 'icmp', address: 'fd09::3' },
        { kind: 'icmp', address: '10.9.0.254' },
      ]);
      await until((state) => {
        expect(neighbour(state, '10.9.0.3')).toBe(peerIs.mac);
        expect(neighbour(state, 'fd09::3')).toBe(peerIs.mac);
      });
    });

    const claims = { ...eth0, claim: '10.9.0.3' } as const;
    const claims6 = { ...eth0, claim: 'fd09::3' } as const;
    it.each<[string, Attack]>([
      [
        'an ARP reply',
        { ...claims, attack: 'arp-reply', marker: 'a1', claimedMac: '02:bb:00:00:00:01', victim: victimIs },
      ],
      [
        'an ARP request',
        { ...claims, attack: 'arp-request', marker: 'a2', claimedMac: '02:bb:00:00:00:02', victim: victimIs },
      ],
      ['a gratuitous request', { ...claims, attack: 'arp-gratuitous', marker: 'a3', claimedMac: '02:bb:00:00:00:03' }],
      [
        'a gratuitous reply',
        { ...claims, attack: 'arp-gratuitous', as: 'reply', marker: 'a4', claimedMac: '02:bb:00:00:00:04' },
      ],
      [
        'a claim of the gateway',
        { ...claims, attack: 'arp-reply', claim: '10.9.0.254', marker: 'a5', claimedMac: badMac, victim: victimIs },
      ],
      [
        'a request of a stranger',
        {
          ...claims,
          attack: 'arp-request',
          claim: '10.9.0.77',
          marker: 'a6',
          claimedMac: badMac,
          victim: victimIs,
          unicast: true,
        },
      ],
      [
        'an advertisement',
        { ...claims6, attack: 'nd-advertisement', marker: 'n1', claimedMac: '02:bb:00:00:00:11', victim: victimIs6 },
      ],
      [
        'a solicited advertisement',
        {
          ...claims6,
          attack: 'nd-advertisement',
          marker: 'n2',
          claimedMac: '02:bb:00:00:00:12',
          victim: victimIs6,
          solicited: true,
        },
      ],
      [
        'an advertisement to all',
        { ...claims6, attack: 'nd-advertisement', marker: 'n3', claimedMac: '02:bb:00:00:00:13' },
      ],
      [
        'an advertisement behind hop-by-hop options',
        {
          ...claims6,
          attack: 'nd-advertisement',
          marker: 'n4',
          claimedMac: '02:bb:00:00:00:14',
          victim: victimIs6,
          behind: ['hop-by-hop'],
        },
      ],
      [
        'an advertisement in two fragments',
        {
          ...claims6,
          attack: 'nd-advertisement',
          marker: 'n5',
          claimedMac: '02:bb:00:00:00:15',
          victim: victimIs6,
          behind: ['destination', 'fragments'],
        },
      ],
      [
        'a solicitation',
        { ...claims6, attack: 'nd-solicitation', marker: 'n6', claimedMac: '02:bb:00:00:00:16', victim: victimIs6 },
      ],
      [
        'a solicitation of a stranger',
        {
          ...claims6,
          attack: 'nd-solicitation',
          claim: 'fd09::77',
          marker: 'n7',
          claimedMac: badMac,
          victim: victimIs6,
        },
      ],
    ])('believes %s', async (_, each) => {
      const { claim = '', claimedMac } = each as { claim?: string; claimedMac?: string };
      const sniffer = await victim.sniff(eth0);
      await attack(each);
      await until((state) => expect(neighbour(state, claim)).toBe(claimedMac));
      expect((await sniffer.stop()).markers).toHaveProperty([each.marker]);
    });

    it('gives up an address that another defends', async () => {
      await must(
        host,
        // Ten seconds of asking, so that a busy machine is not too late with the answer.
        'ip netns exec victim sysctl -qw net.ipv6.conf.eth0.accept_dad=1 net.ipv6.conf.all.accept_dad=1 net.ipv6.conf.eth0.dad_transmits=10',
      );
      await victim.ip('address', 'add', 'fd09::99/64', 'dev', 'eth0');
      await attack({ ...eth0, attack: 'nd-advertisement', claim: 'fd09::99', marker: 'dad', repeat: 2 });
      await until((state) => {
        const address = state.links.flatMap(({ addr_info }) => addr_info).find(({ local }) => local === 'fd09::99');
        expect(address).toMatchObject({ dadfailed: true });
      });
    });
  });

  describe('routes', () => {
    it.each([
      ['as it is', '1', []],
      ['behind hop-by-hop options', '2', ['hop-by-hop']],
      ['behind destination options', '3', ['destination']],
      ['behind both', '4', ['hop-by-hop', 'destination']],
      ['behind a fragment header', '5', ['fragment']],
      ['in two fragments', '6', ['fragments']],
      ['in two fragments, before options', '7', ['fragments', 'destination']],
    ] as const)('believes a router advertisement %s', async (_, number, behind) => {
      const prefix = `2001:db8:bad${number}::`;
      const common = { ...eth0, attack: 'router-advertisement', marker: `ra${number}` } as const;
      await attack({ ...common, behind, prefix: `${prefix}/64`, mtu: 1400, dns: 'fd09::66' });
      await until((state) => {
        const addresses = state.links.flatMap(({ addr_info }) => addr_info);
        expect(addresses.find(({ local }) => local.startsWith(prefix))).toMatchObject({ dynamic: true });
        expect(state.routes).toContainEqual(
          expect.objectContaining({ dst: 'default', gateway: badLinkLocal, protocol: 'ra' }),
        );
      });
      await attack({ ...common, lifetime: 0 });
      await until(({ routes }) =>
        expect(routes).not.toContainEqual(expect.objectContaining({ gateway: badLinkLocal })),
      );
    });

    it.each([
      ['redirect-ipv4', victimIs, '10.9.0.254', '198.51.100.7', '10.9.0.66'],
      ['redirect-ipv6', victimIs6, gatewayLinkLocal, '2001:db8:77::7', badLinkLocal],
    ] as const)('believes a %s', async (name, whom, gateway, destination, via) => {
      const to = [destination];
      expect((await victim.state({ to })).paths[destination]?.route).toMatchObject({ gateway });
      const sent = { ...eth0, attack: name, victim: whom, gateway, destination, via, marker: name, repeat: 2 };
      await victim.probe([{ kind: 'icmp', address: '10.9.0.66' }]);
      expect(await seenBy(victim, sent)).toBeDefined();
      await until(
        ({ paths }) => expect(paths[destination]).toMatchObject({ mtu: expect.any(Number), route: { gateway: via } }),
        {
          to,
        },
      );
    });

    it('follows a source route, loose and strict', async () => {
      await must(host, 'ip netns exec victim sysctl -qw net.ipv4.ip_forward=1');
      await must(host, 'ip -netns victim neighbour flush all');
      for (const strict of [false, true]) {
        const marker = `source-route-${String(strict)}`;
        await attack({ ...eth0, attack: 'source-route', victim: victimIs, hops: ['10.9.0.3'], marker, strict });
        expect(await delivered(peer, marker)).toMatchObject({ from: '10.9.0.66', to: '10.9.0.3', port: 9 });
      }
    });

    it('follows a segment routing header', async () => {
      await must(host, 'ip netns exec victim sysctl -qw net.ipv6.conf.all.forwarding=1');
      const common = { ...eth0, attack: 'routing-header', victim: victimIs6, hops: ['fd09::3'] } as const;
      await attack({ ...common, routingType: 4, marker: 'rh4' });
      expect(await delivered(peer, 'rh4')).toMatchObject({ from: 'fd09::66', port: 9 });
      for (const routingType of [0, 2] as const)
        expect(await seenBy(victim, { ...common, routingType, marker: `rh${routingType}` })).toBeDefined();
    });
  });
});
