import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { outcomes, type Observer } from './support/attack-proof.ts';
import { attackTable, bogusMac } from './support/attack-table.ts';
import { attackedHost, attackedNetworks, type AttackedHost, type Station } from './support/attacked-host.ts';
import { describeLab } from './support/lab.ts';

interface Plan {
  readonly network: keyof typeof attackedNetworks;
  readonly targets: readonly Exclude<Observer, 'wire'>[];
  /** What gets through with the checks on: what is no attack there, or what nobody can hold. */
  readonly through?: readonly string[];
  /** What gets nowhere without checks either, or is nothing that could be seen there. */
  readonly nowhere?: RegExp;
  /** The containers of one card meet inside the driver, which no rule sees. */
  readonly unheld?: Observer;
}

/** No bridge forwards it. */
const notForwarded = /^lldp$/u;

/** There the host alone gives addresses, whoever is checked. */
const notServed = /^lldp$|DHCP (?:offer|ack)/u;

/**
 * What is seen at a veth that the host routes to has not met a rule yet: datagrams that programs of the host are handed
 * prove that something got through.
 */
const notHanded =
  /tag|EtherType|ARP|PPPoE|MPLS|EAPOL|802|redirect|echo|source route|IPv6 .*tiny|advertisement|solicitation|routing header|lldp|stp/u;

/** Of a frame on its way out the card does not tell whose it is: an other one's hardware address passes for that one. */
const asAnother = 'the address and MAC of another';

/** The kernel takes a priority tag out before any rule: to the host it is as if it were not there. */
const priorityTags = ['a priority tag', 'a priority service tag', 'a tag over IPv6', 'a service tag over IPv6'];

const plans: readonly Plan[] = [
  { network: 'inner', targets: ['victim', 'own'], nowhere: notForwarded },
  { network: 'inner-dhcp', targets: ['victim', 'own'], nowhere: notServed },
  { network: 'ports', targets: ['victim', 'near', 'own'], nowhere: notForwarded },
  { network: 'routed', targets: ['own'], through: priorityTags, nowhere: notHanded },
  { network: 'macvlan-private', targets: ['near'], through: [asAnother] },
  { network: 'macvlan-bridge', targets: ['near'], through: [asAnother], unheld: 'victim' },
];

/** Sends everything, and returns what came anywhere it could do harm, and what came nowhere. */
async function attackAll(at: AttackedHost, target: Exclude<Observer, 'wire'>, unheld?: Observer) {
  const other = target === 'victim' ? (at.own ?? at.near) : at.victim;
  const table = attackTable({ bad: at.bad, victim: at[target] as Station, claimed: other, prefix: target });
  const results = await outcomes(at, table);
  const came = table.filter((_, index) => [...(results[index]?.seenBy ?? [])].some((who) => who !== unheld));
  const fair = table.filter((entry) => entry.fair);
  expect(came).toEqual(expect.arrayContaining(fair));
  const names = (entries: typeof table): readonly string[] =>
    entries.filter((entry) => !entry.fair).map(({ name }) => name);
  return { came: names(came), nowhere: names(table.filter((entry) => !came.includes(entry))) };
}

for (const { network, targets, through = [], nowhere, unheld } of plans) {
  for (const checks of ['on', 'off'] as const) {
    describeLab(`the attacks of root inside on a network of kind ${network}, with checks ${checks}`, () => {
      let host: ThrowawayHost;
      let at: AttackedHost;

      beforeAll(async () => {
        host = await bootThrowawayHost();
        const lines = checks === 'on' ? [] : ['spoof-check = no'];
        at = await attackedHost(host, attackedNetworks[network], { bad: lines, victim: lines });
      });
      afterAll(() => host.stop());

      it.each(targets)('come to what they come to at %s', async (target) => {
        const all = await attackAll(at, target, unheld);
        if (checks === 'on') expect(all.came).toEqual(through);
        else expect(all.nowhere.filter((name) => nowhere?.test(name) !== true)).toEqual([]);
      });

      it('leave nobody with a false neighbour, unless nothing holds them', async () => {
        const stations = [
          at.near,
          ...(unheld === undefined ? [at.victim] : []),
          ...(at.own === undefined ? [] : [at.own]),
        ];
        const believed = async () => {
          const states = await Promise.all(stations.map(({ endpoint }) => endpoint.state()));
          return states.flatMap(({ neighbours }) => neighbours.filter(({ lladdr }) => lladdr === bogusMac));
        };
        if (checks === 'on') {
          expect(await believed()).toEqual([]);
        } else {
          // Later claims of the table may have taken the place of earlier ones.
          const { ipv4: address, mac } = at[targets[0] ?? 'near'] as Station;
          const claim = { claim: at.bad.ipv4, claimedMac: bogusMac, victim: { mac, address }, marker: 'believed' };
          await at.bad.endpoint.attack([{ interface: 'eth0', attack: 'arp-request', ...claim }]);
          await expect.poll(believed).not.toEqual([]);
        }
        const states = await Promise.all(stations.map(({ endpoint }) => endpoint.state()));
        const addresses = states.flatMap(({ links }) => links.flatMap(({ addr_info }) => addr_info));
        const made = addresses.filter(({ local }) => local.startsWith('2001:db8:bad:'));
        if (checks === 'on') expect(made).toEqual([]);
      });
    });
  }
}
