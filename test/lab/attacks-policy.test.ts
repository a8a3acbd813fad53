import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import type { Attack } from '../../src/lab/endpoint.ts';
import { outcomes } from './support/attack-proof.ts';
import { attackedHost, attackedNetworks, type AttackedHost } from './support/attacked-host.ts';
import { describeLab } from './support/lab.ts';
import { initPid, must } from './support/service.ts';

type Flags = Extract<Attack, { attack: 'tcp-segment' }>['flags'];
type Sent = Readonly<Record<string, unknown>> & { readonly attack: Attack['attack'] };

const segment = (port: number, ...flags: Flags): Sent => ({ attack: 'tcp-segment', port, flags });
const packet = (protocol: number, payload: string): Sent => ({ attack: 'packet', protocol, payload });

/** What asks for anything that `allow-in = any:80/tcp, any:53/udp` does not name. */
const forbidden: Readonly<Record<string, Sent>> = {
  'another UDP port': { attack: 'plain', port: 111 },
  'another UDP port, as an answer': { attack: 'plain', port: 111, sourcePort: 53 },
  'an opening': segment(22, 'syn'),
  'an opening that ends at once': segment(22, 'syn', 'fin'),
  'an opening that resets': segment(22, 'syn', 'rst'),
  'an urgent opening': segment(22, 'syn', 'urg'),
  'an opening that asks for notification of congestion': segment(22, 'syn', 'psh', 'ece', 'cwr'),
  'a stream control transmission': packet(132, '9c400016000000000000000001000014'),
  'UDP-Lite': packet(136, '9c40006f00080000'),
  'a datagram congestion control request': packet(33, '9c40006f05000000'),
  'a tunnel of GRE': packet(47, '00000800'),
  'a tunnel of IP': packet(4, '45000014'),
  'an encapsulated payload': packet(50, '0000000000000000'),
};
const forbidden4: Readonly<Record<string, Sent>> = {
  'an echo request': packet(1, '0800000000010001'),
  'a timestamp request': packet(1, '0d00000000010001'),
  'an address mask request': packet(1, '1100000000010001'),
  'a redirect': packet(1, '050100000a000301'),
  'an opening behind options': { ...segment(22, 'syn'), behind: ['ip-options'] },
};
const forbidden6: Readonly<Record<string, Sent>> = {
  'an echo request': packet(58, '8000000000010001'),
  'a node information query': packet(58, '8b00000000010001'),
  'a message of an unknown type': packet(58, 'c800000000010001'),
  ...Object.fromEntries(
    (['hop-by-hop', 'destination', 'fragment'] as const).map((one) => [
      `an opening behind ${one}`,
      { ...segment(22, 'syn'), behind: [one] },
    ]),
  ),
};
/** An answer, an error, or what may be named. */
const allowed: Readonly<Record<string, Sent>> = {
  'UDP port 53': { attack: 'plain', port: 53 },
  'TCP port 80': segment(80, 'syn'),
};

const table = (address: string, mac: string, link: string, prefix: string) => {
  const others = address.includes(':') ? forbidden6 : forbidden4;
  const all = Object.entries({ ...forbidden, ...others, ...allowed });
  return all.map(([name, sent]) => ({
    name,
    fair: name in allowed,
    attack: { ...sent, interface: link, victim: { mac, address }, marker: `${prefix} ${name}` } as unknown as Attack,
  }));
};

for (const network of ['inner', 'ports', 'macvlan-private'] as const) {
  describeLab(`what asks for other than what is allowed in, on a network of kind ${network}`, () => {
    let host: ThrowawayHost;
    let at: AttackedHost;

    beforeAll(async () => {
      host = await bootThrowawayHost();
      at = await attackedHost(host, attackedNetworks[network], {
        bad: ['allow-in = any:80/tcp'],
        victim: ['allow-in = any:80/tcp, any:53/udp'],
      });
    });
    afterAll(() => host.stop());

    const onWire = network !== 'inner';
    const senders = [
      ...(network === 'macvlan-private' ? [] : (['bad'] as const)),
      ...(onWire ? (['near'] as const) : []),
    ];

    it.each(senders.flatMap((who) => [[who, 4] as const, [who, 6] as const]))(
      'gets nothing in from %s over IPv%i',
      async (who, family) => {
        const { mac, ipv4, ipv6 } = at.victim;
        const all = table(family === 4 ? ipv4 : ipv6, mac, 'eth0', `${who}${String(family)}`);
        const results = await outcomes({ ...at, bad: at[who] }, all);
        const came = all.filter((_, index) => results[index]?.seenBy.has('victim'));
        expect(came.map(({ name }) => name)).toEqual(Object.keys(allowed));
      },
    );

    it.runIf(onWire)('takes nothing that comes from the wire for a question of the container', async () => {
      const eth0 = { interface: 'eth0', attack: 'plain' } as const;
      for (const [own, peer] of [
        [at.victim.ipv4, at.near.ipv4],
        [at.victim.ipv6, at.near.ipv6],
      ] as const) {
        for (const mac of ['ff:ff:ff:ff:ff:ff', at.victim.mac, at.near.mac, at.own?.mac ?? bogus]) {
          for (const sourceMac of [at.near.mac, at.victim.mac]) {
            const question = { source: own, sourcePort: 111, port: 40_000, victim: { mac, address: peer } };
            const answer = { port: 111, victim: { mac: at.victim.mac, address: own } };
            await at.near.endpoint.attack([
              { ...eth0, ...question, sourceMac, marker: 'question' },
              { ...eth0, ...answer, marker: 'answer' },
            ]);
          }
        }
      }
      const came = (await at.victim.endpoint.seen()).filter(({ port }) => port === 111);
      expect(came).toEqual([]);
    });

    it.runIf(onWire)('lets answers in while another container asks everybody for everything', async () => {
      const ask = { kind: 'udp', address: at.near.ipv4, port: 53 } as const;
      expect((await at.victim.endpoint.probe([ask]))[0]).toMatchObject({ status: 'open' });
      const pid = await initPid(host, 'bad');
      for (const address of [at.near.ipv4, '192.0.2.1'])
        await must(host, `exec nsenter --target="$1" --net python3 -c "$2" "$3"`, String(pid), everyPort, address);
      expect((await at.victim.endpoint.probe([ask]))[0]).toMatchObject({ status: 'open' });
    });
  });
}

const bogus = '02:66:66:00:00:01';

/** A datagram to each port there is. */
const everyPort = `
import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for port in range(1, 65536):
    for _ in range(3):
        try:
            s.sendto(b'x', (sys.argv[1], port))
            break
        except OSError:
            pass`;
