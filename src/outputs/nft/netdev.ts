import { quoteNftAddress, quoteNftInterface } from '../../base/quote/index.ts';
import { typeOf } from '../../networks/index.ts';
import type { HostModel } from '../../resolve/model.ts';
import type { PolicyNic } from '../../resolve/policy.ts';
import { countingRules } from './counting.ts';
import { isolationChains } from './isolation.ts';
import { Written } from '../render.ts';
import { addContainerAddresses, addLimited, asksForOutside, dynamic, statelessChains } from './limits.ts';
import { addPolicySets, addressType, families, sendersOf } from './policy-sets.ts';
import type { Family } from './policy-sets.ts';
import { NftSets } from './sets.ts';
import { addSources, addressNumber } from './sources.ts';
import { judges, nftRenderer, noText, parts } from './texts.ts';

const file = nftRenderer('nftables/netdev');

/** The table of one card that containers share: `netdev rc-lxc-eth0`. */
export const netdevTable = (parent: string): string => `rc-lxc-${parent}`;

/** The file for one card, with the interfaces of containers on it. */
export function netdevFile(
  model: HostModel,
  parent: string,
  own: readonly PolicyNic[],
  header: readonly string[],
): string {
  const sets = new NftSets();
  for (const nic of own) addOwn(sets, nic);
  addHost(sets, model, parent, own);
  addLimited(sets, own, 'address');
  addPolicySets(sets, model, { own, by: 'address', stateless: true });
  const chains = families.flatMap((family) => [
    ...isolationChains(sets, own, family),
    ...statelessChains(sets, model, family, 'address'),
  ]);
  if (asksForOutside(sets)) addContainerAddresses(sets, model);
  for (const family of families) declareSent(sets, own, family);
  const has = (name: string): boolean => sets.has(name);
  const counting = countingRules(sets, [
    ['ip saddr', 'own_addresses4'],
    ['ip daddr', 'own_addresses4'],
    ['ip6 saddr', 'own_addresses6'],
    ['ip6 daddr', 'own_addresses6'],
  ]);
  const key = 'ether saddr';
  // What comes in from the wire as if a container had sent it has asked for no answer.
  const leaving = `oifname ${quoteNftInterface(parent)} `;
  const vlans = [...new Set(own.flatMap(({ network }) => network.vlan ?? []))]
    .map(String)
    .filter((vlan) => has(`tagged${vlan}_macs`));
  const text = file({
    has,
    header,
    parent,
    vlans,
    table: netdevTable(parent),
    log: model.host.logDrops,
    counting,
    sets: parts.sets({ sets: sets.all() }),
    sources: has('own_macs')
      ? parts.sources({
          has,
          key,
          byMac: true,
          arpMac: 'arp saddr ether . ether saddr != @own_mac_pairs',
          pass: 'goto judge_packet',
          options: false,
        })
      : noText,
    ...judges(has, 'address', leaving),
    chains: parts.chains({ chains }),
  });
  return sets.resolve(new Written(text)).text;
}

/**
 * What the host sends to containers of its own card goes out to the router and comes back: the table inet has judged it,
 * with connection tracking, so that it is known here when it comes back.
 */
function declareSent(sets: NftSets, own: readonly PolicyNic[], family: Family): void {
  if (!sets.has(`with_policy${family}`)) return;
  if (!own.some(({ network, attachment }) => meetsHost(attachment) && typeOf(network).reach(network, family).fromHost))
    return;
  const type = addressType(family);
  const port = 'inet_service';
  sets.declare(`host_flows${family}`, dynamic(`${type} . ${port} . ${type} . ${port} . inet_proto`, 524_288, '30s'));
  sets.declare(`host_packets${family}`, dynamic(`${type} . ${type} . inet_proto`, 65_536, '30s'));
}

/** One that has an address of the card's own: what others have is told by hardware address, and does not come back. */
function meetsHost(attachment: PolicyNic['attachment']): boolean {
  return attachment.kind === 'parent' && attachment.own === 'address';
}

function addOwn(sets: NftSets, nic: PolicyNic): void {
  const { attachment, container, network } = nic;
  for (const family of families) {
    for (const address of sendersOf(nic, family)) {
      sets.add(`own_addresses${family}`, [`type ${addressType(family)}`], container.name, quoteNftAddress(address));
    }
  }
  if (attachment.kind !== 'parent' || attachment.own !== 'mac' || !container.spoofCheck) return;
  const { mac } = nic.nic;
  sets.add('own_macs', ['type ether_addr'], container.name, mac);
  sets.add('own_mac_pairs', ['type ether_addr . ether_addr'], container.name, `${mac} . ${mac}`);
  // Only a network with a VLAN of its own sends with a tag.
  if (network.vlan === undefined) sets.add('untagged_macs', ['type ether_addr'], container.name, mac);
  else addTagged(sets, nic, network.vlan);
  addSources(sets, nic, { type: 'ether_addr', field: 'ether saddr', value: mac, isLast: true });
  for (const family of families) {
    for (const address of sendersOf(nic, family)) {
      sets.add(`checked_addresses${family}`, [`type ${addressType(family)}`], container.name, quoteNftAddress(address));
    }
  }
}

/** Where a packet after one tag has its source, in bits from the start of its frame. */
const afterTag = { 4: '@ll,240,32', 6: '@ll,208,128' } as const;

/** What leaves with the tag of a VLAN: who has which, and which sources are looked for after it. */
function addTagged(sets: NftSets, nic: PolicyNic, vlan: number): void {
  const { name } = nic.container;
  const { mac } = nic.nic;
  for (const set of ['tagged_macs', `tagged${String(vlan)}_macs`]) sets.add(set, ['type ether_addr'], name, mac);
  for (const family of families) {
    // Who has no IPv6 address yet sends from none.
    for (const address of [...sendersOf(nic, family), ...(family === 6 ? ['::'] : [])]) {
      const type = `typeof ether saddr . ${afterTag[family]}`;
      sets.add(`tagged_addresses${family}`, [type], name, `${mac} . ${addressNumber(address)}`);
    }
  }
}

/**
 * Whose hardware addresses besides the containers' may leave: the host's. Those of its own cards are put in when the
 * table is loaded; one that is made later has an address that is known. Root in a container can make more macvlans on
 * the card: only who is not checked at all may. In mode passthru nobody can, and the card itself takes the container's
 * address for a time, so that what it had before would be nobody's.
 */
function addHost(sets: NftSets, model: HostModel, parent: string, own: readonly PolicyNic[]): void {
  const byMac = own.filter(({ attachment }) => attachment.kind === 'parent' && attachment.own === 'mac');
  const isFree = byMac.some(({ container, network }) => !container.spoofCheck || network.mode === 'passthru');
  if (byMac.length === 0 || isFree) return;
  const type = ['type ether_addr'];
  sets.declareOpen('host_macs', type);
  for (const network of model.networks) {
    if (network.parent !== parent || !network.hostAccess || network.mac === undefined) continue;
    sets.add('host_macs', type, `the host in ${network.name}`, network.mac);
  }
}
