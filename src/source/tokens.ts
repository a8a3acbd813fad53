import type { Place } from '../base/errors.ts';
import { problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import type { SourceCode } from './codes.ts';

/** One line that is not blank and no comment. Columns count from 1. */
export type Token = Header | Assignment;

interface Line {
  readonly line: number;
  readonly text: string;
}

/** `[CONTENT]`; `content` is trimmed. One whose brackets are wrong has no content and a problem of its own. */
export interface Header extends Line {
  readonly kind: 'header';
  readonly content: string | undefined;
  readonly column: number;
  readonly length: number;
}

/** `KEY = VALUE`; `raw` is the value as `ini` is to read it, without the comment behind it. */
export interface Assignment extends Line {
  readonly kind: 'assignment';
  readonly key: string;
  readonly keyColumn: number;
  readonly raw: string;
  /** Where the value stands, without its quotes. */
  readonly valueColumn: number;
  readonly valueLength: number;
}

/** What a scan of one line or file gives. */
export interface Scanned<T> {
  readonly found: T;
  readonly problems: readonly Problem[];
}

export function placeOf(file: string, { line, text }: Line, column: number, length: number): Place {
  return { file, line, column, length: Math.max(1, length), text };
}

/** A problem of reading; its code is one of the list. */
export function sourceProblem(code: SourceCode, message: string, where: Place, hint: string | undefined): Problem {
  return problem(code, message, { where, hint });
}

/** After so many the file is most likely none of ours. */
const mostProblems = 1000;

/** Says so, once, when a file has too many mistakes to go on with; true when it has. */
export function hasTooMany(problems: Problem[], file: string, { line, text }: Line): boolean {
  if (problems.length < mostProblems) return false;
  const where = placeOf(file, { line, text }, 1, 1);
  problems.push(
    sourceProblem('too-many-problems', 'the rest of the file was not read', where, 'is this the file you mean?'),
  );
  return true;
}
