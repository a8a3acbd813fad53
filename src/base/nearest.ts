/** A known name that is further away than this is no help. */
const furthest = 3;

/**
 * The known name that `word` is most likely a misspelling of, for "did you mean"; undefined when none is near.
 * Case and `_` for `-` do not count. One edit is allowed for short words, up to three for long ones.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const wanted = folded(word);
  let limit = Math.min(furthest, Math.max(1, Math.floor(wanted.length / 3)));
  let best: string | undefined;
  for (const candidate of known) {
    const distance = editDistance(wanted, folded(candidate), limit);
    if (distance > limit || (best !== undefined && distance === limit)) continue;
    if (distance === 0) return candidate;
    best = candidate;
    limit = distance;
  }
  return best;
}

function folded(word: string): string {
  return word.toLowerCase().replaceAll('_', '-');
}

/**
 * How many letters must be inserted, removed, changed or swapped with their neighbour; anything above `limit`
 * once it is clear that it is more.
 */
function editDistance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    if (Math.min(...current) > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return last[other.length] ?? limit + 1;
}

/** The end of a hint: `; did you mean "memory"?`, or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string | undefined {
  const found = nearest(word, known);
  return found === undefined ? undefined : `did you mean "${found}"?`;
}
