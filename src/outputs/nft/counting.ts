import type { NftSets } from './sets.ts';

const counting = ['size 65536', 'flags dynamic'] as const;

/**
 * Sets that an element is put into when something of it is dropped first: `sent_drops` for what a container sent,
 * `received_drops` for what it was to get. `known` are fields with the set of what may be counted by them: what an
 * attacker makes up fills no set.
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
      return `${field} @${set} update @${name} { ${field} counter }`;
    });
}

/** Who was logged lately: a flood of one pair of interfaces does not hide what others are refused. */
export function declareLog(sets: NftSets): void {
  sets.declare('logged_lately', ['type ifname . ifname', 'size 4096', 'flags dynamic, timeout', 'timeout 1m']);
}
