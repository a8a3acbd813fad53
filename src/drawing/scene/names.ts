import { groupBy } from '../../base/group.ts';

/** From so many on, names of one stem are told by the first and the last. */
const fewest = 3;

/** Names of one stem as one word: `web1 … web40`, in the order of their numbers; others as they are. */
export function nameRanges(names: readonly string[]): readonly string[] {
  const stems = groupBy(names, (name) => name.replace(/\d+$/u, ''));
  return [...stems.values()].flatMap((group) => (group.length < fewest ? group : [range(group)]));
}

function range(group: readonly string[]): string {
  const sorted = group.toSorted((one, other) => numberOf(one) - numberOf(other));
  return `${sorted[0] ?? ''} … ${sorted.at(-1) ?? ''}`;
}

function numberOf(name: string): number {
  return Number(/\d+$/u.exec(name)?.[0] ?? 0);
}

/** `3 containers`, `1 network`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerated(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
