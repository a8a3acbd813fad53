import { groupBy } from '../../base/group.ts';
import { quoteNftAddress, quoteNftInterface } from '../../base/quote/index.ts';
import type { Allowance } from '../../resolve/model.ts';
import type { PolicyNic } from '../../resolve/policy.ts';
import type { Family, Owner } from './policy-sets.ts';
import { disjoint, outermost } from './rectangles.ts';
import type { Rectangle } from './rectangles.ts';
import { intervals } from './sets.ts';
import type { NftSets } from './sets.ts';

/** In place of a peer where none stands in the key. */
const everybody = '0.0.0.0/0';

const protocols = ['tcp', 'udp'] as const;

/** What no exact key can say: a range of ports, or more than one address. */
export function isRange({ ports, target }: Allowance): boolean {
  if (ports !== undefined && ports.first !== ports.last) return true;
  return target.kind === 'prefix' && !isOneAddress(longPrefix(target.prefix));
}

const isOneAddress = (prefix: string): boolean => prefix.endsWith(prefix.includes(':') ? '/128' : '/32');

function longPrefix(prefix: string): string {
  return prefix.includes('/') ? prefix : `${prefix}/${prefix.includes(':') ? 128 : 32}`;
}

/** Elements with intervals, made so that no two of one container overlap. */
export function addRectangles(owner: Owner, entries: readonly Allowance[]): void {
  const wide = entries.filter(isRange);
  if (wide.length === 0) return;
  for (const protocol of protocols) {
    const those = wide.filter((entry) => entry.protocol === protocol);
    for (const kind of ['any', 'host', 'outside'] as const) {
      addPorts(
        owner,
        `${kind}_${protocol}`,
        those.filter(({ target }) => target.kind === kind),
      );
    }
    addNetworkPorts(owner, protocol, those);
  }
  for (const family of owner.key.families) {
    addPrefixes(owner, family, wide);
    for (const protocol of protocols) addRanges(owner, family, protocol, wide);
  }
}

/** Ranges of ports of networks: who is in one is asked once for all, and told by its prefix or by its members. */
function addNetworkPorts(owner: Owner, protocol: 'tcp' | 'udp', entries: readonly Allowance[]): void {
  const { key, nic, stateless } = owner;
  const named = groupBy(
    entries.filter(({ target }) => target.kind === 'network'),
    ({ target }) => (target.kind === 'network' ? target.name : ''),
  );
  for (const [name, those] of named) {
    addPorts(owner, `net_${name}_${protocol}`, those);
    // Link-local addresses are of the network that they are met on.
    if (stateless && key.suffix !== '4' && name === nic.network.name) addPorts(owner, `own_${protocol}`, those);
  }
}

/** Ranges of ports of whoever is meant. */
function addPorts({ sets, direction, nic, key }: Owner, what: string, entries: readonly Allowance[]): void {
  const declaration = [`type ${key.type} . inet_service`, intervals];
  for (const ports of ranges(entries)) {
    sets.add(`${direction}_${what}${key.suffix}`, declaration, nic.container.name, `${key.text} . ${ports}`);
  }
}

/** The ports of entries, `80` or `80-90`, without overlaps. */
function ranges(entries: readonly Allowance[]): readonly string[] {
  const all = entries.flatMap(({ ports }) => (ports === undefined ? [] : [{ prefix: everybody, ...ports }]));
  return disjoint(all).map(portText);
}

function portText({ first, last }: Rectangle): string {
  return first === last ? String(first) : `${first}-${last}`;
}

/** Prefixes without a port, and for echo. */
function addPrefixes({ sets, direction, nic, key }: Owner, family: Family, entries: readonly Allowance[]): void {
  const declaration = [`type ${key.type} . ${family === 4 ? 'ipv4_addr' : 'ipv6_addr'}`, intervals];
  for (const [what, protocol] of [
    ['prefix', undefined],
    ['prefix_echo', 'icmp'],
  ] as const) {
    const written = entries.flatMap(({ target, protocol: own }) =>
      target.kind === 'prefix' && target.family === family && own === protocol ? [longPrefix(target.prefix)] : [],
    );
    for (const prefix of outermost(written)) {
      const element = `${key.text} . ${quoteNftAddress(prefix)}`;
      sets.add(`${direction}_${what}${family}`, declaration, nic.container.name, element);
    }
  }
}

/** Ranges of ports of prefixes and containers. */
function addRanges(owner: Owner, family: Family, protocol: 'tcp' | 'udp', entries: readonly Allowance[]): void {
  const { sets, direction, nic, key } = owner;
  const all = entries
    .filter((entry) => entry.protocol === protocol)
    .flatMap((entry) =>
      prefixesOf(owner, family, entry).map((prefix) => ({
        prefix,
        first: entry.ports?.first ?? 0,
        last: entry.ports?.last ?? 65_535,
      })),
    );
  const declaration = [`type ${key.type} . ${family === 4 ? 'ipv4_addr' : 'ipv6_addr'} . inet_service`, intervals];
  for (const one of disjoint(all)) {
    const element = `${key.text} . ${quoteNftAddress(one.prefix)} . ${portText(one)}`;
    sets.add(`${direction}_prefix_${protocol}${family}`, declaration, nic.container.name, element);
  }
}

/** The part of the address space that an entry is for. */
function prefixesOf({ all }: Owner, family: Family, { target }: Allowance): readonly string[] {
  if (target.kind === 'prefix') return target.family === family ? [longPrefix(target.prefix)] : [];
  if (target.kind !== 'container') return [];
  const peers = all.get(target.name) ?? [];
  return peers.flatMap((peer) => (family === 4 ? peer.nic.senders4 : peer.nic.senders6).map(longPrefix));
}

/** What comes for a group (multicast, broadcast) names no peer: `any` lets it in. */
export function addGroupSets(sets: NftSets, nic: PolicyNic, port: string): void {
  const { allowIn, name } = nic.container;
  if (allowIn === undefined) return;
  const quoted = quoteNftInterface(port);
  const open = allowIn.filter(({ target }) => target.kind === 'any');
  if (open.some(({ protocol }) => protocol === undefined)) sets.add('in_group_all', ['type ifname'], name, quoted);
  for (const ports of ranges(open.filter(({ protocol }) => protocol === 'udp'))) {
    sets.add('in_group_udp', ['type ifname . inet_service', intervals], name, `${quoted} . ${ports}`);
  }
}
