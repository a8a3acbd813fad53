import { createTwoFilesPatch } from 'diff';

/**
 * How `after` differs from `before`, as a unified diff that `patch` takes. `names`: of the two files; `notes` stand behind
 * them; `context`: how many lines around a change, 4 without.
 */
export function unifiedDiff(
  names: readonly [before: string, after: string],
  texts: readonly [before: string, after: string],
  { notes = [], context = 4 }: { readonly notes?: readonly string[]; readonly context?: number } = {},
): string {
  const full = createTwoFilesPatch(...names, ...texts, notes[0], notes[1], { context });
  return full.slice(full.indexOf('---'));
}
