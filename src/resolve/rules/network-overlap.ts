import { overlaps } from '../../base/ip.ts';
import type { Prefix } from '../../base/ip.ts';
import type { NetworkDraft } from '../networks.ts';
import { isOneWire } from '../policy.ts';
import { prefixText } from './addresses.ts';
import type { Rule } from './types.ts';

export const networkOverlap: Rule = {
  code: 'network-overlap',
  severity: 'error',
  summary:
    'Two networks have addresses in common, and are not one network on the wire of one card, so that the host cannot tell which way they are.',
  check: ({ networks, place }, report) => {
    for (const family of [4, 6] as const) {
      for (const [one, other] of overlapping(apart([...networks.values()], family), family)) {
        report(
          `${one.model.name}: ${prefixText(one.model, family)} overlaps with ${prefixText(other.model, family)} of ${other.model.name}`,
          place('network', one.model.name, family === 4 ? 'ipv4' : 'ipv6'),
          'give each network a prefix of its own; on the wire of one card both have the same one',
        );
      }
    }
  },
};

/** Without those that are an earlier one's whole network on the same wire: each is the way to its own containers there. */
function apart(drafts: readonly NetworkDraft[], family: 4 | 6): readonly NetworkDraft[] {
  const models = drafts.map(({ model }) => model);
  return drafts.filter(
    ({ model }, index) => !models.slice(0, index).some((earlier) => isOneWire(models, earlier, model, family)),
  );
}

/** Each network with an earlier one that it overlaps, the later in the description first. Sorted, so that neighbours tell. */
function overlapping(drafts: readonly NetworkDraft[], family: 4 | 6): (readonly [NetworkDraft, NetworkDraft])[] {
  const known = drafts.flatMap((draft, index) => {
    const prefix = family === 4 ? draft.four : draft.six;
    return prefix === undefined ? [] : [{ draft, prefix, index }];
  });
  const sorted = known.toSorted((one, other) => compare(one.prefix, other.prefix) || one.index - other.index);
  const found: (readonly [NetworkDraft, NetworkDraft])[] = [];
  let widest = sorted[0];
  for (const next of sorted.slice(1)) {
    if (widest === undefined || !overlaps(widest.prefix, next.prefix)) {
      widest = next;
      continue;
    }
    found.push(next.index > widest.index ? [next.draft, widest.draft] : [widest.draft, next.draft]);
  }
  return found;
}

/** By first address, wider prefixes first. */
function compare(one: Prefix, other: Prefix): number {
  const bits = BigInt((one.ip.family === 4 ? 32 : 128) - Math.min(one.length, other.length));
  const [first, second] = [one.ip.value >> bits, other.ip.value >> bits];
  if (first !== second) return first < second ? -1 : 1;
  return one.length - other.length;
}
