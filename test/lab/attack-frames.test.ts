import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Attack, Endpoint } from '../../src/lab/endpoint.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { attackSegment, attackTools, eth0, victimIs, victimIs6, type AttackSegment } from './support/attack-segment.ts';
import { describeLab } from './support/lab.ts';
import { must } from './support/service.ts';

describeLab('the frames of root inside, where nothing is held back', () => {
  let host: ThrowawayHost;
  let segment: AttackSegment;
  let bad: Endpoint;
  let victim: Endpoint;
  const { attack, delivered, seenBy } = attackTools(() => segment);

  beforeAll(async () => {
    host = await bootThrowawayHost();
    segment = await attackSegment(host);
    ({ bad, victim } = segment);
  });
  afterAll(() => host.stop());

  describe('datagrams', () => {
    const datagram = { ...eth0, victim: victimIs } as const;
    const datagram6 = { ...eth0, victim: victimIs6 } as const;

    it.each<[string, Attack, string]>([
      ['that nothing is wrong with', { ...datagram, attack: 'plain', marker: 'plain4' }, '10.9.0.66'],
      ['of IPv6', { ...datagram6, attack: 'plain', marker: 'plain6' }, 'fd09::66'],
      ['in fragments', { ...datagram, attack: 'plain', marker: 'plain4f', behind: ['fragments'] }, '10.9.0.66'],
      [
        'from a foreign IPv4 source',
        { ...datagram, attack: 'foreign-ipv4', source: '10.9.0.200', marker: 'f4' },
        '10.9.0.200',
      ],
      [
        'from a foreign IPv6 source',
        { ...datagram6, attack: 'foreign-ipv6', source: '2001:db8::5', marker: 'f6' },
        '2001:db8::5',
      ],
      [
        'with a priority tag',
        { ...datagram, attack: 'vlan', tags: [{ protocol: '802.1Q', id: 0 }], marker: 'v0' },
        '10.9.0.66',
      ],
      [
        'from a foreign hardware address',
        { ...datagram, attack: 'foreign-mac', sourceMac: '02:bb:00:00:00:99', marker: 'fm' },
        '10.9.0.66',
      ],
    ])('are delivered %s', async (_, each, from) => {
      await attack(each);
      expect(await delivered(victim, each.marker)).toMatchObject({ from, count: expect.any(Number) });
    });

    it('come with the foreign hardware address', async () => {
      const sourceMac = '02:bb:00:00:00:98';
      expect(await seenBy(victim, { ...datagram, attack: 'foreign-mac', sourceMac, marker: 'fm2' })).toMatchObject({
        source: sourceMac,
      });
      expect(
        await seenBy(victim, { ...datagram6, attack: 'echo-request', source: 'fd09::200', marker: 'er' }),
      ).toBeDefined();
    });

    it.each([
      ['81000005', [{ protocol: '802.1Q', id: 5 }]],
      ['88a80007', [{ protocol: '802.1ad', id: 7 }]],
      [
        '88a8000781000005',
        [
          { protocol: '802.1ad', id: 7 },
          { protocol: '802.1Q', id: 5 },
        ],
      ],
    ] as const)('come with the tags %s', async (hex, tags) => {
      const frame = await seenBy(victim, { ...datagram, attack: 'vlan', tags, marker: hex });
      expect(frame?.hex.slice(24)).toMatch(new RegExp(`^${hex}0800`, 'u'));
    });

    it('are answered by whoever adds the address', async () => {
      await bad.ip('address', 'add', '10.9.0.123/24', 'dev', 'eth0');
      await bad.listen({ token: 'bad', tcp: [4444] });
      const [answer] = await victim.probe([{ kind: 'tcp', address: '10.9.0.123', port: 4444 }]);
      expect(answer).toMatchObject({ status: 'open', who: 'bad' });
      const [asked] = await bad.probe([{ kind: 'udp', address: '10.9.0.2', port: 9, source: '10.9.0.123' }]);
      expect(asked).toMatchObject({ status: 'open', who: 'victim', seenFrom: '10.9.0.123' });
    });
  });

  describe('DHCP', () => {
    const lease = { offer: '10.9.0.150', server: '10.9.0.66' };
    it.each<[Attack, number]>([
      [{ ...eth0, ...lease, attack: 'dhcp-offer', victim: victimIs, marker: 'd1' }, 68],
      [{ ...eth0, ...lease, attack: 'dhcp-ack', victim: victimIs, marker: 'd2' }, 68],
      [{ ...eth0, ...lease, attack: 'dhcp-offer', victim: victimIs, marker: 'd3', behind: ['fragments'] }, 68],
      [{ ...eth0, ...lease, attack: 'dhcp-offer', victim: victimIs, marker: 'd4', behind: ['ip-options'] }, 68],
      [{ ...eth0, attack: 'dhcpv6-advertise', offer: 'fd09::150', victim: victimIs6, marker: 'd5' }, 546],
      [
        {
          ...eth0,
          attack: 'dhcpv6-reply',
          offer: 'fd09::150',
          victim: victimIs6,
          marker: 'd6',
          behind: ['hop-by-hop', 'fragments'],
        },
        546,
      ],
    ])('answers of %o are delivered', async (each, port) => {
      await attack(each);
      expect(await delivered(victim, each.marker)).toMatchObject({ port });
    });

    it('gives a client an address of its choice', async () => {
      const rogue = await bad.rogueDhcp({ ...eth0, ...lease, marker: 'rogue' });
      const client = 'ip netns exec peer busybox udhcpc -f -n -q -t 3 -T 1 -i eth0 -s /bin/true 2>&1';
      expect(await must(host, client)).toMatch(/lease of 10\.9\.0\.150 obtained from 10\.9\.0\.66/u);
      expect(await rogue.stop()).toMatchObject({ acknowledged: 1 });
    });
  });

  describe('the bridge', () => {
    it('passes what is neither ARP nor IP, and hears LLDP', async () => {
      const odd = { ...eth0, attack: 'odd-ethertype', victim: victimIs, marker: 'odd' } as const;
      expect(await seenBy(victim, odd)).toMatchObject({ ethertype: 0x88b5 });
      const lldp = { ...eth0, attack: 'lldp', marker: 'lldp' } as const;
      expect(await seenBy(segment.gateway, lldp, { interface: 'bad' })).toMatchObject({ ethertype: 0x88cc });
    });

    it('learns every address of a flood', async () => {
      const { sent } = await attack({ ...eth0, attack: 'mac-flood', number: 1000, victim: victimIs, marker: 'mf' });
      expect(sent).toBe(1000);
      const { forwarding = [] } = await segment.gateway.state({ forwarding: true });
      expect(forwarding.filter(({ ifname }) => ifname === 'bad').length).toBeGreaterThan(990);
      const each = { ...eth0, attack: 'mac-flood', number: 50, marker: 'mf2' } as const;
      const report = await bad.floodFrames(each, { durationMs: 200, perSecond: 1000 });
      expect(report.sent).toBeGreaterThan(100);
    });

    it('believes in a root that it is told of', async () => {
      await must(host, 'ip link set br0 type bridge stp_state 1');
      await attack({ ...eth0, attack: 'stp-bpdu', marker: 'stp', repeat: 2 });
      await vi.waitFor(async () => {
        const bridge = (await segment.gateway.state()).links.find(({ ifname }) => ifname === 'br0');
        expect(bridge?.linkinfo?.info_data).toMatchObject({ root_port: expect.toSatisfy((port: number) => port > 0) });
      }, 3000);
      expect(
        await seenBy(segment.gateway, { ...eth0, attack: 'stp-bpdu', marker: 'stp2' }, { interface: 'bad' }),
      ).toBeDefined();
    });
  });
});
