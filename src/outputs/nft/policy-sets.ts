import { groupBy } from '../../base/group.ts';
import { quoteNftAddress, quoteNftInterface } from '../../base/quote/index.ts';
import type { Allowance, HostModel } from '../../resolve/model.ts';
import { isInner, policyNics } from '../../resolve/policy.ts';
import type { PolicyNic } from '../../resolve/policy.ts';
import { addRectangles, isRange } from './policy-ranges.ts';
import type { NftSets } from './sets.ts';

export type Family = 4 | 6;
export type Direction = 'in' | 'out';

export const families: readonly Family[] = [4, 6];

export const addressType = (family: Family): string => (family === 4 ? 'ipv4_addr' : 'ipv6_addr');

export function sendersOf({ nic }: PolicyNic, family: Family): readonly string[] {
  return family === 4 ? nic.senders4 : nic.senders6;
}

/** Link-local addresses are met on their own link alone, and never forwarded. */
export const isLinkLocal = (address: string): boolean => /^fe[89ab]/u.test(address);

/** What a container's own entries are found by. */
export interface OwnKey {
  /** `ifname` or a type of addresses. */
  readonly type: string;
  readonly text: string;
  /** What names of sets end in: the family of an address, '' for an interface, which is of both. */
  readonly suffix: '' | '4' | '6';
  readonly families: readonly Family[];
  readonly linkLocal: boolean;
}

/** Everything that the entries of one container say, found by one key. */
export interface Owner {
  readonly sets: NftSets;
  readonly all: ReadonlyMap<string, readonly PolicyNic[]>;
  readonly nic: PolicyNic;
  readonly direction: Direction;
  readonly key: OwnKey;
  readonly stateless: boolean;
}

export interface PolicyScope {
  /** Interfaces whose own policy is judged in this table. */
  readonly own: readonly PolicyNic[];
  /** By interface, where every packet passes the container's own. */
  readonly by: 'port' | 'address';
  /** Without connection tracking, and so without the host, whose packets are judged where there is some. */
  readonly stateless: boolean;
}

/** Puts what `allow-in` and `allow-out` of the interfaces say into sets whose names begin with `in_` and `out_`. */
export function addPolicySets(sets: NftSets, model: HostModel, { own, by, stateless }: PolicyScope): void {
  const all = groupBy(policyNics(model), ({ container }) => container.name);
  for (const nic of own) {
    for (const direction of ['in', 'out'] as const) {
      const entries = direction === 'in' ? nic.container.allowIn : nic.container.allowOut;
      if (entries === undefined) continue;
      const here = stateless ? entries.filter(({ target }) => target.kind !== 'host') : entries;
      for (const key of by === 'port' ? portKeys(nic) : addressKeys(nic)) {
        addEntries({ sets, all, nic, direction, key, stateless }, here);
      }
    }
  }
}

export function portKeys({ attachment }: PolicyNic): readonly OwnKey[] {
  if (attachment.kind !== 'port') return [];
  return [{ type: 'ifname', text: quoteNftInterface(attachment.port), suffix: '', families, linkLocal: false }];
}

export function addressKeys(nic: PolicyNic): readonly OwnKey[] {
  return families.flatMap((family) =>
    sendersOf(nic, family).map((address) => ({
      type: addressType(family),
      text: quoteNftAddress(address),
      suffix: family === 4 ? ('4' as const) : ('6' as const),
      families: [family],
      linkLocal: isLinkLocal(address),
    })),
  );
}

function addEntries(owner: Owner, entries: readonly Allowance[]): void {
  const { sets, direction, nic, key, stateless } = owner;
  sets.add(`${direction}_limited${key.suffix}`, [`type ${key.type}`], nic.container.name, key.text);
  // Where connections are tracked, what has a link-local address is between the host and the container.
  const met =
    key.linkLocal && !stateless ? entries.filter(({ target }) => /^(?:any|host)$/u.test(target.kind)) : entries;
  for (const entry of met) addEntry(owner, entry);
  addRectangles(owner, met);
}

/** Entries for one port, or for all of them, and peers that are found without intervals. */
function addEntry(owner: Owner, entry: Allowance): void {
  const { target } = entry;
  const { key, nic, stateless } = owner;
  if (isRange(entry)) return;
  switch (target.kind) {
    case 'any':
    case 'host':
      addExact(owner, target.kind, entry);
      return;
    case 'outside':
      // On a bridge without ports nobody is outside.
      if (!(stateless && isInner(nic.network))) addExact(owner, 'outside', entry);
      return;
    case 'network':
      addExact(owner, `net_${target.name}`, entry);
      // Link-local addresses are of the network that they are met on.
      if (stateless && key.suffix !== '4' && target.name === nic.network.name) addExact(owner, 'own', entry);
      return;
    case 'container':
      for (const peer of owner.all.get(target.name) ?? []) addPeer(owner, entry, peer);
      return;
    case 'prefix':
      if (key.families.includes(target.family))
        addAddress(owner, entry, target.family, target.prefix.replace(/\/\d+$/u, ''));
  }
}

/** One interface of a peer: by its port where both are on one bridge, else by its addresses. */
function addPeer(owner: Owner, entry: Allowance, peer: PolicyNic): void {
  const { key, nic } = owner;
  const shared = peer.network === nic.network;
  if (key.suffix === '' && shared && peer.attachment.kind === 'port') {
    addExact(owner, 'neighbour', entry, { type: 'ifname', text: quoteNftInterface(peer.attachment.port), suffix: '' });
    return;
  }
  for (const family of key.families) {
    for (const address of sendersOf(peer, family)) {
      if (shared || !(isLinkLocal(address) || key.linkLocal)) addAddress(owner, entry, family, address);
    }
  }
}

function addAddress(owner: Owner, entry: Allowance, family: Family, address: string): void {
  const suffix = family === 4 ? '4' : '6';
  addExact(owner, 'peer', entry, { type: addressType(family), text: quoteNftAddress(address), suffix });
}

/** `peer` stands in the key, beside the container's own. */
function addExact(owner: Owner, what: string, entry: Allowance, peer?: Pick<OwnKey, 'type' | 'text' | 'suffix'>): void {
  const { sets, direction, key, nic } = owner;
  const { protocol, ports } = entry;
  const fields = [key.text, ...(peer === undefined ? [] : [peer.text])];
  const types = [key.type, ...(peer === undefined ? [] : [peer.type])];
  const name = (end: string): string => `${direction}_${what}${end}${key.suffix || (peer?.suffix ?? '')}`;
  const group = nic.container.name;
  if (protocol === undefined || protocol === 'icmp') {
    const end = protocol === undefined ? '' : '_echo';
    sets.add(name(end), [`type ${types.join(' . ')}`], group, fields.join(' . '));
    return;
  }
  const declaration = [`type ${[...types, 'inet_proto', 'inet_service'].join(' . ')}`];
  sets.add(name('_port'), declaration, group, [...fields, protocol, ports?.first ?? 0].join(' . '));
}
