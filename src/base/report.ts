import { styleText } from 'node:util';

import type { Place, Problem, Severity } from './errors.ts';
import { displayText } from './quote/comment.ts';

export interface ReportOptions {
  /** Colour is decided by who owns the stream; the default is none. */
  readonly colour?: boolean;
}

/** One problem as an object of plain fields, for `--json`. Lines and columns count from 1. */
export interface ProblemJson {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly length?: number;
  readonly text?: string;
  readonly hint?: string;
}

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const plain: Paint = (_style, text) => text;
const painted: Paint = (style, text) => styleText(style, text, { validateStream: false });

const severityStyle: Readonly<Record<Severity, Style>> = { error: ['bold', 'red'], warning: ['bold', 'yellow'] };

/** Width of the line numbers' column; wider numbers push it out. */
const gutter = 5;
/** How much of a very long line is shown around the place. */
const widest = 160;

/**
 * One problem for a person, several lines, no newline at the end:
 *
 *     host.ini:31: error[code]: message
 *        31 | ipv4 = 10.0.4.11
 *           |        ^^^^^^^^^
 *       hint: …
 */
export function formatProblem(found: Problem, options: ReportOptions = {}): string {
  const paint = options.colour === true ? painted : plain;
  const { where } = found;
  const label = paint(severityStyle[found.severity], `${found.severity}[${found.code}]`);
  const place = where === undefined ? '' : `${paint('bold', displayText(`${where.file}:${where.line}`))}: `;
  const lines = [`${place}${label}: ${oneLine(found.message)}`];
  if (where?.text !== undefined) lines.push(...excerpt(where, where.text, paint));
  if (found.hint !== undefined) lines.push(`  ${paint('cyan', 'hint')}: ${oneLine(found.hint)}`);
  return lines.join('\n');
}

/** All problems in the order given, and how many there are when it is more than one. */
export function formatProblems(problems: readonly Problem[], options: ReportOptions = {}): string {
  const texts = problems.map((found) => formatProblem(found, options));
  if (problems.length > 1) texts.push(countProblems(problems));
  return texts.join('\n');
}

/** `2 errors, 1 warning`. */
export function countProblems(problems: readonly Problem[]): string {
  const count = (severity: Severity): string => {
    const number = problems.filter((found) => found.severity === severity).length;
    return number === 0 ? '' : `${number} ${severity}${number === 1 ? '' : 's'}`;
  };
  return [count('error'), count('warning')].filter((part) => part !== '').join(', ');
}

/** The line with its number, and the caret line below it. */
function excerpt(where: Place, text: string, paint: Paint): string[] {
  const number = String(where.line).padStart(gutter);
  const blank = ' '.repeat(number.length);
  const bar = paint('dim', '|');
  const shown = window(displayText(text), where.column ?? 1);
  const lines = [`${paint('dim', number)} ${bar} ${shown.text}`];
  if (where.column !== undefined) {
    const before = shown.text.slice(0, shown.column - 1).replaceAll(/[^\t]/gu, ' ');
    const length = Math.max(1, Math.min(where.length ?? 1, shown.text.length - shown.column + 1));
    lines.push(`${blank} ${bar} ${before}${paint('red', '^'.repeat(length))}`);
  }
  return lines;
}

/** The part of a long line around the column, and the column in that part. */
function window(text: string, column: number): { text: string; column: number } {
  if (text.length <= widest) return { text, column };
  const start = Math.max(0, Math.min(column - 1 - widest / 4, text.length - widest));
  const end = start + widest;
  const before = start > 0 ? '…' : '';
  const after = end < text.length ? '…' : '';
  return { text: before + text.slice(start, end) + after, column: column - start + before.length };
}

function oneLine(text: string): string {
  return displayText(text).replaceAll('\t', ' ');
}

/** The same as data. */
export function problemsToJson(problems: readonly Problem[]): ProblemJson[] {
  return problems.map(({ severity, code, message, where, hint }) => ({
    severity,
    code,
    message,
    ...where,
    ...(hint === undefined ? {} : { hint }),
  }));
}
