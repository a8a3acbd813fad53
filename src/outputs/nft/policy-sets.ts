import { groupBy } from '../../base/group.ts';
import { quoteNftAddress, quoteNftInterface } from '../../base/quote/index.ts';
import type { Allowance, HostModel } from '../../resolve/model.ts';
import { policyNics } from '../../resolve/policy.ts';
import type { PolicyNic } from '../../resolve/policy.ts';
import { disjoint, outermost } from './rectangles.ts';
import type { Rectangle } from './rectangles.ts';
import { intervals } from './sets.ts';
import type { NftSets } from './sets.ts';

export type Family = 4 | 6;
export type Direction = 'in' | 'out';

export const addressType = (family: Family): string => (family === 4 ? 'ipv4_addr' : 'ipv6_addr');

/** The set's part of the address space that is everybody. */
const everybody = (family: Family): string => (family === 4 ? '0.0.0.0/0' : '::/0');

/**
 * ICMP's type and code stand where a port has its first number (RFC 792, RFC 4443), so that the sets of ports serve
 * for echo as well: a request has 8 and 128 as its type, an answer 0 and 129, looked up where an answer is judged.
 */
const echoPorts = { 4: [8 << 8, 0], 6: [128 << 8, 129 << 8] } as const;

export function sendersOf({ nic }: PolicyNic, family: Family): readonly string[] {
  return family === 4 ? nic.senders4 : nic.senders6;
}

/** Everything that the entries of one container say of one of its addresses. */
interface Owner {
  readonly sets: NftSets;
  readonly all: ReadonlyMap<string, readonly PolicyNic[]>;
  readonly model: HostModel;
  readonly nic: PolicyNic;
  readonly direction: Direction;
  readonly family: Family;
  readonly address: string;
}

export interface PolicyScope {
  /** Interfaces whose own policy is judged in this table. */
  readonly own: readonly PolicyNic[];
  /** Whether the host itself is a peer here: its packets are told by the hook. */
  readonly host: boolean;
}

/** Puts what `allow-in` and `allow-out` of the interfaces say into sets whose names begin with `in_` and `out_`. */
export function addPolicySets(sets: NftSets, model: HostModel, { own, host }: PolicyScope): void {
  const all = byContainer(model);
  for (const nic of own) {
    for (const direction of ['in', 'out'] as const) {
      const entries = direction === 'in' ? nic.container.allowIn : nic.container.allowOut;
      if (entries === undefined) continue;
      for (const family of [4, 6] as const) {
        for (const address of sendersOf(nic, family)) {
          addEntries({ sets, all, model, nic, direction, family, address }, host ? entries : entries.filter(notHost));
        }
      }
    }
  }
}

const notHost = ({ target }: Allowance): boolean => target.kind !== 'host';

function byContainer(model: HostModel): ReadonlyMap<string, readonly PolicyNic[]> {
  return groupBy(policyNics(model), ({ container }) => container.name);
}

function addEntries(owner: Owner, entries: readonly Allowance[]): void {
  const { sets, direction, family, nic, address } = owner;
  const name = nic.container.name;
  sets.add(`${direction}_limited${family}`, [`type ${addressType(family)}`], name, quoteNftAddress(address));
  for (const entry of entries) addEntry(owner, entry);
  addRectangles(owner, entries);
}

/** Entries for one port, or for all of them, and peers that are found without intervals. */
function addEntry(owner: Owner, entry: Allowance): void {
  const { target } = entry;
  if (needsIntervals(entry)) return;
  switch (target.kind) {
    case 'any':
    case 'outside':
    case 'host':
      addExact(owner, target.kind, entry);
      return;
    case 'network':
      addExact(owner, `net_${target.name}`, entry);
      // Link-local addresses are of the network that they are met on.
      if (owner.family === 6 && target.name === owner.nic.network.name) addExact(owner, 'own', entry);
      return;
    case 'container':
    case 'prefix':
      for (const peer of peersOf(owner, entry)) addExact(owner, 'peer', entry, peer);
  }
}

/** `peer`: an address that stands in the key, beside the container's own. */
function addExact(
  { sets, direction, family, nic, address }: Owner,
  what: string,
  entry: Allowance,
  peer?: string,
): void {
  const fields = [address, ...(peer === undefined ? [] : [peer])].map((field) => quoteNftAddress(field));
  const types = fields.map(() => addressType(family));
  const base = `${direction}_${what}`;
  const group = nic.container.name;
  const ports = portsOf(entry, family);
  if (ports === undefined) {
    sets.add(`${base}${family}`, [`type ${types.join(' . ')}`], group, fields.join(' . '));
    return;
  }
  const declaration = [`type ${[...types, 'inet_proto', 'inet_service'].join(' . ')}`];
  for (const port of ports) sets.add(`${base}_port${family}`, declaration, group, [...fields, port].join(' . '));
}

/** `tcp . 80`, or undefined for anything at all. */
function portsOf({ protocol, ports }: Allowance, family: Family): readonly string[] | undefined {
  if (protocol === undefined) return undefined;
  if (protocol !== 'icmp') return [`${protocol} . ${ports?.first ?? 0}`];
  return echoPorts[family].map((port) => `${family === 4 ? 'icmp' : 'ipv6-icmp'} . ${port}`);
}

const isRange = ({ ports }: Allowance): boolean => ports !== undefined && ports.first !== ports.last;

/** What no exact key can say: a range of ports, or more than one address. */
function needsIntervals(entry: Allowance): boolean {
  const { target } = entry;
  return isRange(entry) || (target.kind === 'prefix' && !isOneAddress(longPrefix(target.prefix)));
}

const isOneAddress = (prefix: string): boolean => prefix.endsWith(prefix.includes(':') ? '/128' : '/32');

function longPrefix(prefix: string): string {
  return prefix.includes('/') ? prefix : `${prefix}/${prefix.includes(':') ? 128 : 32}`;
}

/** The addresses of this family that a container or an address stands for. */
function peersOf({ all, family, address, nic }: Owner, { target }: Allowance): readonly string[] {
  if (target.kind === 'container') {
    return (all.get(target.name) ?? []).flatMap((peer) =>
      sendersOf(peer, family).filter(
        (other) => peer.network === nic.network || !(isLinkLocal(other) || isLinkLocal(address)),
      ),
    );
  }
  if (target.kind !== 'prefix' || target.family !== family) return [];
  return [target.prefix.replace(/\/\d+$/u, '')];
}

/** Link-local addresses are met on their own link alone. */
const isLinkLocal = (address: string): boolean => /^fe[89ab]/u.test(address);

/** The part of the address space that an entry with a range of ports, or for a prefix, is for. */
function prefixesOf(owner: Owner, entry: Allowance): readonly string[] {
  const { target } = entry;
  const { family, model, nic } = owner;
  if (target.kind === 'prefix') return target.family === family ? [longPrefix(target.prefix)] : [];
  if (target.kind === 'container') return peersOf(owner, entry).map(longPrefix);
  if (target.kind !== 'network') return [];
  const network = model.networkByName.get(target.name);
  const prefix = family === 4 ? network?.prefix4 : network?.prefix6;
  const link = family === 6 && target.name === nic.network.name ? ['fe80::/10'] : [];
  return [...(prefix === undefined ? [] : [prefix]), ...link];
}

/** Elements with intervals, made so that no two of one address overlap. */
function addRectangles(owner: Owner, entries: readonly Allowance[]): void {
  const wide = entries.filter(needsIntervals);
  addPrefixes(owner, wide);
  for (const protocol of ['tcp', 'udp'] as const) {
    const those = wide.filter((entry) => entry.protocol === protocol);
    addRanges(
      owner,
      'prefix',
      protocol,
      rectanglesOf(those, (entry) => prefixesOf(owner, entry)),
    );
    for (const kind of ['any', 'host', 'outside'] as const) {
      const ones = those.filter(({ target }) => target.kind === kind);
      addRanges(
        owner,
        kind,
        protocol,
        rectanglesOf(ones, () => [everybody(owner.family)]),
      );
    }
  }
}

function rectanglesOf(entries: readonly Allowance[], prefixes: (entry: Allowance) => readonly string[]): Rectangle[] {
  return entries.flatMap((entry) =>
    prefixes(entry).map((prefix) => ({ prefix, first: entry.ports?.first ?? 0, last: entry.ports?.last ?? 65_535 })),
  );
}

/** Prefixes without a port, and for echo. */
function addPrefixes({ sets, direction, family, nic, address }: Owner, entries: readonly Allowance[]): void {
  const type = [`type ${addressType(family)} . ${addressType(family)}`, intervals];
  for (const [what, protocol] of [
    ['prefix', undefined],
    ['prefix_echo', 'icmp'],
  ] as const) {
    const written = entries.flatMap(({ target, protocol: own }) =>
      target.kind === 'prefix' && target.family === family && own === protocol ? [longPrefix(target.prefix)] : [],
    );
    for (const prefix of outermost(written)) {
      const element = `${quoteNftAddress(address)} . ${quoteNftAddress(prefix)}`;
      sets.add(`${direction}_${what}${family}`, type, nic.container.name, element);
    }
  }
}

function addRanges(owner: Owner, what: string, protocol: 'tcp' | 'udp', rectangles: readonly Rectangle[]): void {
  const { sets, direction, family, nic, address } = owner;
  const type = addressType(family);
  for (const { prefix, first, last } of disjoint(rectangles)) {
    const ports = first === last ? String(first) : `${first}-${last}`;
    const element = `${quoteNftAddress(address)} . ${quoteNftAddress(prefix)} . ${ports}`;
    const declaration = [`type ${type} . ${type} . inet_service`, intervals];
    sets.add(`${direction}_${what}_${protocol}${family}`, declaration, nic.container.name, element);
  }
}

/** What comes for a group (multicast, broadcast) has no address of the container in it: it is judged by the port. */
export function addGroupSets(sets: NftSets, nic: PolicyNic, port: string): void {
  const { allowIn, name } = nic.container;
  if (allowIn === undefined) return;
  const quoted = quoteNftInterface(port);
  sets.add('in_limited_ports', ['type ifname'], name, quoted);
  const open = allowIn.filter(({ target }) => target.kind === 'any');
  if (open.some(({ protocol }) => protocol === undefined)) sets.add('in_group_all', ['type ifname'], name, quoted);
  const udp = open.filter(({ protocol }) => protocol === 'udp');
  for (const { first, last } of disjoint(rectanglesOf(udp, () => [everybody(4)]))) {
    const ports = first === last ? String(first) : `${first}-${last}`;
    sets.add('in_group_udp', ['type ifname . inet_service', intervals], name, `${quoted} . ${ports}`);
  }
}
