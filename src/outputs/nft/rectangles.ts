import { contains, formatPrefix, networkOf, parsePrefix } from '../../base/ip.ts';
import type { Prefix } from '../../base/ip.ts';

/** Peers and ports that one entry names: every address of the prefix, every port of the range. */
export interface Rectangle {
  readonly prefix: string;
  readonly first: number;
  readonly last: number;
}

/**
 * The same addresses and ports in parts that do not overlap: the kernel takes no two elements of a set with intervals
 * that do. Prefixes are nested or apart, so that within a range of ports it is enough to leave out what is inside another.
 */
export function disjoint(rectangles: readonly Rectangle[]): readonly Rectangle[] {
  const starts = [...new Set(rectangles.flatMap(({ first, last }) => [first, last + 1]))].toSorted((a, b) => a - b);
  const parts: Rectangle[] = [];
  for (const [at, first] of starts.slice(0, -1).entries()) {
    const last = (starts[at + 1] ?? first + 1) - 1;
    const there = rectangles.filter((one) => one.first <= first && one.last >= last);
    parts.push(...outermost(there.map(({ prefix }) => prefix)).map((prefix) => ({ prefix, first, last })));
  }
  return joined(parts);
}

/** Prefixes without those that another one contains, each once. */
export function outermost(prefixes: readonly string[]): readonly string[] {
  const all = [...new Set(prefixes)].flatMap((text) => parsePrefix(text) ?? []);
  return all.filter((one) => !all.some((other) => other !== one && isInside(one, other))).map(formatOne);
}

function isInside(one: Prefix, other: Prefix): boolean {
  return other.length < one.length && contains(other, one.ip);
}

function formatOne(prefix: Prefix): string {
  return formatPrefix(networkOf(prefix));
}

/** Ranges of one prefix that follow each other, as one. */
function joined(parts: readonly Rectangle[]): readonly Rectangle[] {
  const open = new Map<string, Rectangle>();
  const done: Rectangle[] = [];
  for (const part of parts) {
    const before = open.get(part.prefix);
    if (before !== undefined && before.last + 1 === part.first) {
      open.set(part.prefix, { ...before, last: part.last });
      continue;
    }
    if (before !== undefined) done.push(before);
    open.set(part.prefix, part);
  }
  return [...done, ...open.values()];
}
