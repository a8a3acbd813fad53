import type { Problem } from '../base/errors.ts';
import { displayText } from '../base/quote/comment.ts';
import type { SourceCode } from './codes.ts';
import { scanValue } from './scan-value.ts';
import { hasTooMany, placeOf, sourceProblem } from './tokens.ts';
import type { Assignment, Header, Scanned, Token } from './tokens.ts';
import type { SourceFile } from './types.ts';

/** Ten thousand containers take about 3 MiB. Bytes. */
const largestFile = 8 * 1024 * 1024;
const longestLine = 4096;

/** What no text has: controls but tab and line ends, what a decoder puts for bytes that are no UTF-8, odd line ends. */
const notText = /[^\P{Cc}\t\n\r]|[\p{Cs}\u{FFFD}\u{2028}\u{2029}]/u;

/**
 * The lines of one file as tokens with their positions, over which `ini` then reads the values. Finds what `ini`
 * accepts silently: lines that are no assignment, comments that cut words, quotes that do not match.
 * Lines end with LF, CRLF or CR; a byte order mark is skipped.
 */
export function scan(file: SourceFile): Scanned<readonly Token[]> {
  const text = file.text.startsWith('\u{FEFF}') ? file.text.slice(1) : file.text;
  const refused = refuseText(file.path, text);
  if (refused !== undefined) return { found: [], problems: [refused] };
  const found: Token[] = [];
  const problems: Problem[] = [];
  let line = 0;
  for (const content of text.split(/\r\n|\n|\r/u)) {
    line += 1;
    const token = scanLine(file.path, line, content, problems);
    if (token !== undefined) found.push(token);
    if (hasTooMany(problems, file.path, { line, text: content })) break;
  }
  return { found, problems };
}

/** A file that cannot be a description at all: one problem, at the first place that shows it. */
function refuseText(file: string, text: string): Problem | undefined {
  const bad = notText.exec(text);
  if (bad !== null) {
    const before = text.slice(0, bad.index).split(/\r\n|\n|\r/u);
    const column = (before.at(-1) ?? '').length + 1;
    const shown = (before.at(-1) ?? '') + (/^[^\r\n]*/u.exec(text.slice(bad.index))?.[0] ?? '');
    const where = placeOf(file, { line: before.length, text: displayText(shown) }, column, 1);
    return sourceProblem('not-text', `${file} is not text`, where, 'a description is plain text in UTF-8');
  }
  if (Buffer.byteLength(text) <= largestFile) return undefined;
  const first = /^[^\r\n]*/u.exec(text)?.[0] ?? '';
  const message = `${file} has more than ${largestFile / 1024 ** 2} MiB`;
  const where = placeOf(file, { line: 1, text: first }, 1, 1);
  return sourceProblem(
    'too-large',
    message,
    where,
    'is this the file you mean? A description can be split into host.ini.d/*.ini',
  );
}

function scanLine(file: string, line: number, text: string, problems: Problem[]): Token | undefined {
  const start = text.search(/\S/u);
  const first = text[start];
  if (first === undefined || first === ';' || first === '#') return undefined;
  if (text.length > longestLine) {
    const message = `the line has ${text.length} characters`;
    const where = placeOf(file, { line, text }, longestLine + 1, 1);
    problems.push(sourceProblem('line-too-long', message, where, `${longestLine} are the most`));
    return undefined;
  }
  return first === '['
    ? scanHeader(file, line, text, start, problems)
    : scanAssignment(file, line, text, start, problems);
}

function scanHeader(file: string, line: number, text: string, start: number, problems: Problem[]): Header {
  const close = text.indexOf(']', start);
  const refuse = (code: SourceCode, message: string, hint: string, at: number): Header => {
    const length = text.trimEnd().length - at;
    problems.push(sourceProblem(code, message, placeOf(file, { line, text }, at + 1, length), hint));
    return { kind: 'header', line, text, content: undefined, column: start + 1, length };
  };
  if (close === -1)
    return refuse('unclosed-header', 'the header of the section has no "]"', 'write it like [container web1]', start);
  const rest = text.slice(close + 1);
  const behind = rest.trimStart();
  if (behind !== '' && !/^[;#]/u.test(behind)) {
    const at = text.length - behind.length;
    return refuse(
      'text-after-header',
      'something stands behind the header of the section',
      'put it on a line of its own',
      at,
    );
  }
  const content = text.slice(start + 1, close).trim();
  return { kind: 'header', line, text, content, column: start + 1, length: close + 1 - start };
}

function scanAssignment(
  file: string,
  line: number,
  text: string,
  start: number,
  problems: Problem[],
): Assignment | undefined {
  const equals = text.indexOf('=', start);
  const key = text.slice(start, equals === -1 ? undefined : equals).trimEnd();
  if (equals === -1 || /[;#]/u.test(key)) {
    const where = placeOf(file, { line, text }, start + 1, text.trimEnd().length - start);
    const hint = 'write KEY = VALUE, [SECTION NAME], or a comment after ; or #';
    problems.push(sourceProblem('not-an-assignment', 'this line is no assignment', where, hint));
    return undefined;
  }
  const value = scanValue(text, equals + 1);
  if (value.problem !== undefined) {
    const { code, message, hint, at, length } = value.problem;
    problems.push(sourceProblem(code, message, placeOf(file, { line, text }, at + 1, length), hint));
  }
  if (key === '') {
    const where = placeOf(file, { line, text }, equals + 1, 1);
    problems.push(sourceProblem('missing-key', 'there is no key before the "="', where, 'write KEY = VALUE'));
    return undefined;
  }
  const { raw, start: valueStart, length } = value;
  return {
    kind: 'assignment',
    line,
    text,
    key,
    keyColumn: start + 1,
    raw,
    valueColumn: valueStart + 1,
    valueLength: length,
  };
}
