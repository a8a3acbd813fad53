import type { Attack, Victim } from '../../../src/lab/endpoint.ts';
import type { Station } from './attacked-host.ts';

/** What an attack is to come to where nothing is held back, with frames that bear its marker. */
export interface TableEntry {
  readonly name: string;
  readonly attack: Attack;
  /** Nothing is wrong with it: it gets through with the checks on, too, and shows that the way is open. */
  readonly fair: boolean;
}

/** Who speaks to whom in the name of whom. */
export interface Roles {
  readonly bad: Station;
  readonly victim: Station;
  /** Whose addresses are claimed. */
  readonly claimed: Station;
  /** Unique for each use of the table. */
  readonly prefix: string;
}

type Options = Readonly<Record<string, unknown>>;
type Row = readonly [name: string, attack: Attack['attack'], options?: Options];

/** A hardware address of nobody's, to be believed; what it claims is told by its last part. */
export const bogusMac = '02:66:66:00:00:01';
const strangerIpv4 = '203.0.113.66';
const strangerIpv6 = '2001:db8:66::66';

/** Rows about one victim over IPv4; every option that a row does not give is what the attacker has of its own. */
function rows4({ bad, claimed }: Roles): readonly Row[] {
  const claim = { claim: claimed.ipv4, claimedMac: bogusMac };
  const server = { offer: '203.0.113.7', server: bad.ipv4, gateway: bad.ipv4 };
  return [
    ['a foreign MAC', 'foreign-mac', { sourceMac: bogusMac }],
    ['the MAC of another', 'foreign-mac', { sourceMac: claimed.mac }],
    ['the address of another', 'foreign-ipv4', { source: claimed.ipv4 }],
    ['an address of nobody', 'foreign-ipv4', { source: strangerIpv4 }],
    ['the address and MAC of another', 'foreign-ipv4', { source: claimed.ipv4, sourceMac: claimed.mac }],
    ['a foreign address behind options', 'foreign-ipv4', { source: claimed.ipv4, behind: ['ip-options'] }],
    ['a foreign address in fragments', 'foreign-ipv4', { source: claimed.ipv4, behind: ['fragments'] }],
    ['a foreign echo request', 'echo-request', { source: claimed.ipv4 }],
    ['a tag', 'vlan', { tags: [{ protocol: '802.1Q', id: 5 }] }],
    ['a priority tag', 'vlan', { tags: [{ protocol: '802.1Q', id: 0 }] }],
    ['a service tag', 'vlan', { tags: [{ protocol: '802.1ad', id: 5 }] }],
    ['a priority service tag', 'vlan', { tags: [{ protocol: '802.1ad', id: 0 }] }],
    [
      'two tags',
      'vlan',
      {
        tags: [
          { protocol: '802.1ad', id: 5 },
          { protocol: '802.1Q', id: 6 },
        ],
      },
    ],
    ['an odd EtherType', 'odd-ethertype'],
    ['reverse ARP', 'odd-ethertype', { ethertype: 0x8035 }],
    ['PPPoE', 'odd-ethertype', { ethertype: 0x8864 }],
    ['MPLS', 'odd-ethertype', { ethertype: 0x8847 }],
    ['EAPOL', 'odd-ethertype', { ethertype: 0x888e }],
    ['an 802.3 length', 'odd-ethertype', { ethertype: 46 }],
    ['an ARP reply', 'arp-reply', claim],
    ['an ARP request', 'arp-request', claim],
    ['an ARP request to one', 'arp-request', { ...claim, unicast: true }],
    ['gratuitous ARP', 'arp-gratuitous', claim],
    ['a gratuitous ARP reply', 'arp-gratuitous', { ...claim, as: 'reply' }],
    ['an ARP claim with the own MAC', 'arp-reply', { claim: claimed.ipv4 }],
    ['an ARP claim for another MAC', 'arp-reply', { claim: bad.ipv4, claimedMac: bogusMac }],
    ['a redirect of the gateway', 'redirect-ipv4', { gateway: claimed.ipv4, destination: strangerIpv4, via: bad.ipv4 }],
    ['a redirect of its own', 'redirect-ipv4', { gateway: bad.ipv4, destination: strangerIpv4, via: bad.ipv4 }],
    ['a DHCP offer', 'dhcp-offer', server],
    ['a DHCP acknowledgement', 'dhcp-ack', server],
    ['a DHCP offer in the name of another', 'dhcp-offer', { ...server, server: claimed.ipv4 }],
    ['a loose source route', 'source-route', { hops: [claimed.ipv4] }],
    ['a strict source route', 'source-route', { hops: [claimed.ipv4], strict: true }],
    ['a flood of MACs', 'mac-flood', { number: 20 }],
  ];
}

function rows6({ bad, claimed }: Roles): readonly Row[] {
  const claim = { claim: claimed.ipv6, claimedMac: bogusMac };
  const foreign = { source: claimed.ipv6 };
  const router = { prefix: '2001:db8:bad::/64', claimedMac: bogusMac };
  const redirect = { destination: strangerIpv6, via: bad.linkLocal };
  return [
    ['a foreign MAC over IPv6', 'foreign-mac', { sourceMac: bogusMac }],
    ['the IPv6 address of another', 'foreign-ipv6', foreign],
    ['an IPv6 address of nobody', 'foreign-ipv6', { source: strangerIpv6 }],
    ['the link-local address of another', 'foreign-ipv6', { source: claimed.linkLocal }],
    ...(['hop-by-hop', 'destination', 'fragment', 'fragments', 'tiny-fragments'] as const).map((one): Row => [
      `a foreign IPv6 address behind ${one}`,
      'foreign-ipv6',
      { ...foreign, behind: [one] },
    ]),
    ['a foreign IPv6 echo request', 'echo-request', foreign],
    ['a tag over IPv6', 'vlan', { tags: [{ protocol: '802.1Q', id: 0 }] }],
    ['a service tag over IPv6', 'vlan', { tags: [{ protocol: '802.1ad', id: 0 }] }],
    ['an advertisement', 'nd-advertisement', claim],
    ['a solicited advertisement', 'nd-advertisement', { ...claim, solicited: true }],
    ['an advertisement from the own address', 'nd-advertisement', { ...claim, source: bad.ipv6 }],
    ['an advertisement behind options', 'nd-advertisement', { ...claim, source: bad.ipv6, behind: ['hop-by-hop'] }],
    [
      'an advertisement behind a fragment header',
      'nd-advertisement',
      { ...claim, source: bad.ipv6, behind: ['fragment'] },
    ],
    ['a solicitation', 'nd-solicitation', claim],
    ['a router advertisement', 'router-advertisement', router],
    ...(['hop-by-hop', 'destination', 'fragment'] as const).map((one): Row => [
      `a router advertisement behind ${one}`,
      'router-advertisement',
      { ...router, behind: [one] },
    ]),
    ['a redirect of the router', 'redirect-ipv6', { ...redirect, gateway: claimed.linkLocal }],
    ['a redirect of its own over IPv6', 'redirect-ipv6', { ...redirect, gateway: bad.linkLocal }],
    ['a DHCPv6 advertisement', 'dhcpv6-advertise', { offer: strangerIpv6 }],
    ['a DHCPv6 reply', 'dhcpv6-reply', { offer: strangerIpv6 }],
    ['a DHCPv6 reply behind options', 'dhcpv6-reply', { offer: strangerIpv6, behind: ['hop-by-hop'] }],
    ...([0, 2, 4] as const).map((routingType): Row => [
      `a routing header of type ${routingType}`,
      'routing-header',
      { hops: [claimed.ipv6], routingType },
    ]),
  ];
}

const fair: readonly (readonly [name: string, options?: Options])[] = [
  ['nothing wrong'],
  ['nothing wrong, in fragments', { behind: ['fragments'] }],
];

/** Every attack on one victim, with markers `PREFIX-NUMBER`. */
export function attackTable(roles: Roles): readonly TableEntry[] {
  const { victim, prefix, bad } = roles;
  const common = { interface: bad.interface };
  const four: Victim = { mac: victim.mac, address: victim.ipv4 };
  const six: Victim = { mac: victim.mac, address: victim.ipv6 };
  const stp = (['stp-bpdu', 'lldp'] as const).map((attack) => ({ name: attack, attack: { ...common, attack } }));
  const entries: readonly { readonly name: string; readonly fair?: boolean; readonly attack: object }[] = [
    ...fair.flatMap(([name, options]) => [
      { name: `${name}, IPv4`, fair: true, attack: { ...common, ...options, attack: 'plain', victim: four } },
      { name: `${name}, IPv6`, fair: true, attack: { ...common, ...options, attack: 'plain', victim: six } },
    ]),
    ...rows4(roles).map(([name, attack, options]) => ({
      name,
      attack: { ...common, victim: four, attack, ...options },
    })),
    ...rows6(roles).map(([name, attack, options]) => ({
      name,
      attack: { ...common, victim: six, attack, ...options },
    })),
    ...stp,
  ];
  return entries.map(({ name, attack, fair: isFair = false }, at) => ({
    name,
    fair: isFair,
    attack: Object.assign(attack, { marker: `${prefix}-${String(at)}` }) as unknown as Attack,
  }));
}
