import { quoteNftAddress } from '../../base/quote/index.ts';
import type { PolicyNic } from '../../resolve/policy.ts';
import { addressType, families, isLinkLocal, sendersOf } from './policy-sets.ts';
import type { NftSets } from './sets.ts';

const counting = ['size 65536', 'flags dynamic'] as const;

/**
 * Sets that an element is put into when something of it is dropped first: `sent_drops` for what a container sent,
 * `received_drops` for what it was to get. `known` are fields with the set of what may be counted by them: what an
 * attacker makes up fills no set. A packet that was counted by the interface that it came through, or was to leave
 * through, is not counted once more by address.
 */
export function countingRules(
  sets: NftSets,
  known: readonly (readonly [field: string, set: string])[],
): readonly string[] {
  return known
    .filter(([, set]) => sets.has(set))
    .map(([field, set]) => {
      const isSent = field.startsWith('iif') || field.endsWith('saddr');
      const suffix = field.startsWith('ip6') ? '6' : field.startsWith('ip') ? '4' : '';
      const name = `${isSent ? 'sent' : 'received'}_drops${suffix}`;
      const type = { '': 'ifname', 4: 'ipv4_addr', 6: 'ipv6_addr' }[suffix];
      sets.declare(name, [`type ${type}`, ...counting]);
      const port = isSent ? 'iifname' : 'oifname';
      const counted = suffix === '' ? undefined : known.find(([other]) => other === port)?.[1];
      const first = counted !== undefined && sets.has(counted) ? `${port} != @${counted} ` : '';
      return `${first}${field} @${set} update @${name} { ${field} counter }`;
    });
}

/**
 * Sets beside those of policies, of whom packets are dropped though nothing is written: for what their networks forbid,
 * or for what the other end's policy does. Who is counted by interface alone is in neither.
 */
export function addUnlimited(sets: NftSets, nics: readonly PolicyNic[]): void {
  for (const nic of nics) {
    const { allowIn, allowOut, name } = nic.container;
    for (const family of families) {
      const type = [`type ${addressType(family)}`];
      for (const address of sendersOf(nic, family).filter((one) => !isLinkLocal(one))) {
        if (allowOut === undefined) sets.add(`out_unlimited${family}`, type, name, quoteNftAddress(address));
        if (allowIn === undefined) sets.add(`in_unlimited${family}`, type, name, quoteNftAddress(address));
      }
    }
  }
}

/** Who was logged lately: a flood of one pair of interfaces does not hide what others are refused. */
export function declareLog(sets: NftSets): void {
  sets.declare('logged_lately', ['type ifname . ifname', 'size 4096', 'flags dynamic, timeout', 'timeout 1m']);
}
