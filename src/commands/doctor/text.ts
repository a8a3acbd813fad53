import type { Problem } from '../../base/errors.ts';
import { displayText } from '../../base/quote/index.ts';
import { wrapped } from '../wrapped.ts';
import type { Finding } from './types.ts';

/** Of the column of names. */
const width = 13;

/** A line or more for each check, and its problems below it, at 80 columns. */
export function doctorText(findings: readonly (Finding & { readonly name: string })[]): readonly string[] {
  return findings.flatMap(({ name, found, problems }) => [
    ...wrapped(
      displayText(`${name.padEnd(width).replaceAll(' ', blank)}${found === '' ? 'nothing to be seen' : found}`),
      '',
      width,
    ).map((line) => line.replaceAll(blank, ' ')),
    ...problems.flatMap((each) => problemLines(each)),
  ]);
}

/** Keeps a name and what follows it on one line while lines are broken at blanks. */
const blank = '\u{A0}';

function problemLines({ severity, code, message, where, hint }: Problem): readonly string[] {
  const place = where === undefined ? '' : ` (${where.file}:${where.line})`;
  return [
    ...wrapped(displayText(`${severity}[${code}]: ${message}${place}`), '  '),
    ...(hint === undefined ? [] : wrapped(displayText(`remedy: ${hint}`), '    ')),
  ];
}
