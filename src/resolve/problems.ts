import type { Severity } from '../base/errors.ts';
import { valueProblems } from '../schema/values/index.ts';
import { sourceProblems } from '../source/codes.ts';
import { rules } from './rules/index.ts';

/** Something that can be wrong with a description. */
export interface KnownProblem {
  readonly code: string;
  readonly severity: Severity;
  /** One sentence. */
  readonly summary: string;
}

/** Every mistake that can be told, sorted by code. */
export function knownProblems(): readonly KnownProblem[] {
  const ofText = Object.entries({ ...sourceProblems, ...valueProblems });
  const all: readonly KnownProblem[] = [
    ...ofText.map(([code, summary]) => ({ code, summary, severity: 'error' as const })),
    ...rules.map(({ code, summary, severity }) => ({ code, summary, severity })),
  ];
  return all.toSorted((one, other) => (one.code < other.code ? -1 : 1));
}
