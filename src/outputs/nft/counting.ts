import { quoteNftAddress, quoteNftInterface } from '../../base/quote/index.ts';
import type { PolicyNic } from '../../resolve/policy.ts';
import { addressType, sendersOf } from './policy-sets.ts';
import type { NftSets } from './sets.ts';

/** What a container's packets are counted by, where they are dropped: a set for what it sent, one for what it was to get. */
export const dropSets = ['sent_drops', 'received_drops'] as const;

/** Counted by the interface, where that is the container's own. */
export function countByPort(sets: NftSets, nic: PolicyNic, port: string): void {
  for (const set of dropSets) sets.add(set, ['type ifname', 'counter'], nic.container.name, quoteNftInterface(port));
}

/** Counted by its addresses, where a table sees no interface of its own. */
export function countByAddress(sets: NftSets, nic: PolicyNic): void {
  for (const family of [4, 6] as const) {
    for (const address of sendersOf(nic, family)) {
      for (const set of dropSets) {
        const declaration = [`type ${addressType(family)}`, 'counter'];
        sets.add(`${set}${family}`, declaration, nic.container.name, quoteNftAddress(address));
      }
    }
  }
}

/** The rules that count, without a verdict. */
export function countingRules(sets: NftSets): readonly string[] {
  const all: readonly (readonly [string, string])[] = [
    ['iifname', 'sent_drops'],
    ['oifname', 'received_drops'],
    ['ip saddr', 'sent_drops4'],
    ['ip daddr', 'received_drops4'],
    ['ip6 saddr', 'sent_drops6'],
    ['ip6 daddr', 'received_drops6'],
  ];
  return all.filter(([, set]) => sets.has(set)).map(([field, set]) => `${field} @${set}`);
}

/** Who was logged lately: a flood of one pair of interfaces does not hide what others are refused. */
export function declareLog(sets: NftSets): void {
  sets.declare('logged_lately', ['type ifname . ifname', 'size 4096', 'flags dynamic, timeout', 'timeout 1m']);
}
