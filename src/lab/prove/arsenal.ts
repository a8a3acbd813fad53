import type { HostModel, NetworkModel, NicModel } from '../../resolve/model.ts';
import type { Attack, Victim } from '../attacks.ts';

/** What an attacker knows of the one that it goes for. */
export interface Prey {
  /** The party. */
  readonly name: string;
  readonly mac: string;
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly local?: string;
}

export interface Assault {
  /** As the table of the report has it. */
  readonly kind: string;
  /** Frames, each told from all others by its marker. */
  readonly attacks: readonly Attack[];
  /** Only the end of the route counts: the next hop may well have the packet. */
  readonly end?: string;
}

/** Addresses that nobody has (RFC 7042: documentation; RFC 5737; RFC 3849). */
const nobody = { mac: '02:00:5e:00:53:01', ipv4: '192.0.2.66', ipv6: '2001:db8:ffff::66' } as const;

/** So many made-up addresses: a bridge that learns shows one already. */
const floodOf = 20;

export interface Ground {
  readonly model: HostModel;
  readonly network: NetworkModel;
  readonly nic: NicModel;
  /** Somebody in the same network. */
  readonly prey: Prey;
  /** Somebody that is elsewhere: where routes that the sender makes up lead to. */
  readonly far?: Prey;
  /** A marker that was not used before. */
  readonly marker: () => string;
}

/** What root in a container may try on one of its interfaces. */
export function arsenal(ground: Ground): readonly Assault[] {
  return [
    ...foreignSources(ground),
    ...poisoning(ground),
    ...rogueServers(ground),
    ...oddFrames(ground),
    ...madeUpRoutes(ground),
  ].filter(({ attacks }) => attacks.length > 0);
}

const victims = ({ mac, ipv4, ipv6, local }: Prey): readonly Victim[] =>
  [ipv4, ipv6 ?? local].flatMap((address) => (address === undefined ? [] : [{ mac, address }]));

function base({ nic, marker }: Ground): { readonly interface: string; readonly marker: string } {
  return { interface: nic.name, marker: marker() };
}

/** The attacker's own address of the family, where it has one. */
function ownSource({ nic }: Ground, { address }: Victim): string {
  if (!address.includes(':')) return nic.ipv4?.address ?? nobody.ipv4;
  return address.startsWith('fe80:') ? nic.linkLocal : (nic.ipv6?.address ?? nic.linkLocal);
}

function foreignSources(ground: Ground): readonly Assault[] {
  const { prey } = ground;
  const own = victims(prey);
  const four = own.find(({ address }) => !address.includes(':'));
  const six = own.find(({ address }) => address.includes(':'));
  const foreign = (victim: Victim | undefined, sources: readonly string[]): readonly Attack[] =>
    victim === undefined ? [] : sources.map((source) => foreignSource(ground, victim, source));
  return [
    { kind: 'foreign MAC', attacks: own.map((victim) => foreignMac(ground, victim)) },
    { kind: 'foreign IPv4', attacks: foreign(four, [nobody.ipv4, four?.address ?? nobody.ipv4]) },
    { kind: 'foreign IPv6', attacks: foreign(six, [nobody.ipv6, 'fe80::66']) },
    { kind: 'MAC flood', attacks: [macFlood(ground)] },
  ];
}

function foreignMac(ground: Ground, victim: Victim): Attack {
  return { ...base(ground), attack: 'foreign-mac', victim, source: ownSource(ground, victim), sourceMac: nobody.mac };
}

function foreignSource(ground: Ground, victim: Victim, source: string): Attack {
  const attack = victim.address.includes(':') ? 'foreign-ipv6' : 'foreign-ipv4';
  return { ...base(ground), attack, victim, source };
}

function macFlood(ground: Ground): Attack {
  return { ...base(ground), attack: 'mac-flood', number: floodOf, source: ground.nic.ipv4?.address ?? nobody.ipv4 };
}

/** Claims an address of the victim's own network that is another's. */
function poisoning(ground: Ground): readonly Assault[] {
  const { prey, network } = ground;
  const claim4 = network.gateway4 ?? prey.ipv4;
  const claim6 = network.gateway6 ?? prey.ipv6 ?? prey.local;
  const [four, six] = victims(prey);
  const at4 = prey.ipv4 === undefined ? undefined : four;
  const at6 = prey.ipv4 === undefined ? four : six;
  return [
    {
      kind: 'ARP poisoning',
      attacks:
        at4 === undefined || claim4 === undefined
          ? []
          : [
              { ...base(ground), attack: 'arp-reply', victim: at4, claim: claim4 },
              { ...base(ground), attack: 'arp-request', victim: at4, claim: claim4 },
              { ...base(ground), attack: 'arp-gratuitous', claim: claim4 },
            ],
    },
    {
      kind: 'ND poisoning',
      attacks:
        at6 === undefined || claim6 === undefined
          ? []
          : [
              { ...base(ground), attack: 'nd-advertisement', claim: claim6 },
              { ...base(ground), attack: 'nd-advertisement', claim: claim6, victim: at6, behind: ['destination'] },
              { ...base(ground), attack: 'nd-solicitation', victim: at6, claim: claim6 },
            ],
    },
  ];
}

function rogueServers(ground: Ground): readonly Assault[] {
  const { prey } = ground;
  const victim = { mac: prey.mac, address: prey.ipv4 ?? nobody.ipv4 };
  const victim6 = { mac: prey.mac, address: prey.local ?? prey.ipv6 ?? 'fe80::1' };
  const source = ground.nic.linkLocal;
  const offer = { offer: nobody.ipv4, server: ground.nic.ipv4?.address ?? nobody.ipv4 };
  return [
    {
      kind: 'rogue DHCP',
      attacks: [
        { ...base(ground), attack: 'dhcp-offer', victim, ...offer },
        { ...base(ground), attack: 'dhcp-ack', victim, ...offer },
        { ...base(ground), attack: 'dhcpv6-reply', source, victim: victim6, offer: nobody.ipv6 },
      ],
    },
    {
      kind: 'rogue RA',
      attacks: [
        { ...base(ground), attack: 'router-advertisement', source, prefix: '2001:db8:ffff::/64' },
        { ...base(ground), attack: 'router-advertisement', source, victim: victim6, behind: ['hop-by-hop'] },
        { ...base(ground), attack: 'router-advertisement', source, victim: victim6, behind: ['fragment'] },
      ],
    },
    {
      kind: 'redirect',
      attacks: [
        {
          ...base(ground),
          attack: 'redirect-ipv6',
          victim: victim6,
          gateway: ground.network.gateway6 ?? 'fe80::1',
          destination: nobody.ipv6,
          via: ground.nic.linkLocal,
        },
      ],
    },
  ];
}

function oddFrames(ground: Ground): readonly Assault[] {
  const [victim] = victims(ground.prey);
  if (victim === undefined) return [];
  const source = ownSource(ground, victim);
  return [
    {
      kind: 'VLAN tag',
      attacks: [{ ...base(ground), attack: 'vlan', victim, source, tags: [{ protocol: '802.1Q', id: 42 }] }],
    },
    {
      kind: 'provider tag',
      attacks: [{ ...base(ground), attack: 'vlan', victim, source, tags: [{ protocol: '802.1ad', id: 42 }] }],
    },
    // A tag without a number is a priority, and else as if it were not there.
    {
      kind: 'priority tag',
      attacks: [{ ...base(ground), attack: 'vlan', victim, source, tags: [{ protocol: '802.1Q', id: 0 }] }],
    },
    {
      kind: 'STP, LLDP',
      attacks: [
        { ...base(ground), attack: 'stp-bpdu' },
        { ...base(ground), attack: 'lldp' },
      ],
    },
    { kind: 'odd protocol', attacks: [{ ...base(ground), attack: 'odd-ethertype', victim }] },
    { kind: 'mislabelled', attacks: mislabelled(ground) },
  ];
}

/** Who sends frames byte by byte tells the kernel what they are, which is what packet filters at the way out judge by. */
function mislabelled(ground: Ground): readonly Attack[] {
  const [ipv4, arp, experiment] = [0x0800, 0x0806, 0x88b5];
  return victims(ground.prey).flatMap((victim): readonly Attack[] => {
    const at = { victim, source: ownSource(ground, victim) };
    if (!victim.address.includes(':'))
      return [
        { ...base(ground), ...at, attack: 'plain', ethertype: experiment, toldProtocol: ipv4 },
        { ...base(ground), ...at, attack: 'foreign-ipv4', source: nobody.ipv4, toldProtocol: arp },
      ];
    const told = { toldProtocol: ipv4, trafficClass: 0x50 };
    return [{ ...base(ground), ...at, attack: 'foreign-ipv6', source: nobody.ipv6, ...told }];
  });
}

/** To the one in the same network, which is to hand it on. */
function madeUpRoutes(ground: Ground): readonly Assault[] {
  const { prey, far } = ground;
  if (far === undefined) return [];
  const attacks: Attack[] = [];
  if (prey.ipv4 !== undefined && far.ipv4 !== undefined)
    attacks.push({
      ...base(ground),
      attack: 'source-route',
      source: ground.nic.ipv4?.address ?? nobody.ipv4,
      victim: { mac: prey.mac, address: prey.ipv4 },
      hops: [far.ipv4],
    });
  if (prey.ipv6 !== undefined && far.ipv6 !== undefined)
    attacks.push({
      ...base(ground),
      attack: 'routing-header',
      source: ground.nic.ipv6?.address ?? nobody.ipv6,
      victim: { mac: prey.mac, address: prey.ipv6 },
      hops: [far.ipv6],
    });
  return [{ kind: 'source routing', attacks, end: far.name }];
}
