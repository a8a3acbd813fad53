/**
 * What can be wrong with the user's input or with the host, as values.
 * Anything thrown that is not a UserError is a bug of ours and reported as one.
 */

/** A place in a source file. Lines and columns count from 1; `text` is the line without its line end. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  /** How many characters the caret line underlines; 1 when absent. */
  readonly length?: number;
  readonly text?: string;
}

export type Severity = 'error' | 'warning';

/** One finding. `code` is stable: lower-case words with dashes, and what the manual lists. */
export interface Problem {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly where?: Place;
  readonly hint?: string;
}

/** The user's input, or the host, refuses. Carries every problem that was found, errors and warnings. */
export class UserError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[] | Problem) {
    const all = 'code' in problems ? [problems] : problems;
    super(all.map(({ message }) => message).join('\n'));
    this.name = 'UserError';
    this.problems = all;
  }
}

/** Shorthand for an error-severity problem. */
export function problem(
  code: string,
  message: string,
  details: { where?: Place | undefined; hint?: string | undefined; severity?: Severity } = {},
): Problem {
  return {
    severity: details.severity ?? 'error',
    code,
    message,
    ...(details.where === undefined ? {} : { where: details.where }),
    ...(details.hint === undefined ? {} : { hint: details.hint }),
  };
}

/** True when at least one of the problems is an error. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((candidate) => candidate.severity === 'error');
}
