import type { SourceCode } from './codes.ts';

/** The value of one line: how `ini` is to read it, where it stands (0-based), and what is wrong with it. */
export interface ScannedValue {
  readonly raw: string;
  readonly start: number;
  readonly length: number;
  readonly problem?: {
    readonly code: SourceCode;
    readonly message: string;
    readonly hint: string;
    readonly at: number;
    readonly length: number;
  };
}

const quoted = { '"': /"(?:[^"\\]|\\.)*"/uy, "'": /'[^']*'/uy } as const;

/** An escape that JSON, and so `ini`, does not know. */
const unknownEscape = /(?<!\\)(?:\\\\)*(?<bad>\\(?:[^"\\/bfnrtu]|u(?![0-9A-Fa-f]{4})))/u;

/**
 * The value that starts somewhere behind `from`. A value in quotes ends with its quote, any other at a `;` or `#`
 * with a blank before it or at the line's end.
 */
export function scanValue(text: string, from: number): ScannedValue {
  let start = from;
  while (start < text.length && text[start]?.trim() === '') start += 1;
  // Nothing there: the equals sign is the place to show.
  if (start === text.length) return { raw: '', start: from - 1, length: 1 };
  const first = text[start];
  return first === '"' || first === "'" ? scanQuoted(text, start, first) : scanPlain(text, start);
}

function scanQuoted(text: string, start: number, quote: '"' | "'"): ScannedValue {
  const pattern = quoted[quote];
  pattern.lastIndex = start;
  const whole = pattern.exec(text)?.[0];
  if (whole === undefined) {
    const length = text.trimEnd().length - start;
    const hint = `end the value with ${quote}, or put the whole of it in ${quote === '"' ? "'…'" : '"…"'}`;
    return {
      raw: '',
      start,
      length,
      problem: {
        code: 'unclosed-quote',
        message: `the value starts with ${quote} and has no second one`,
        hint,
        at: start,
        length,
      },
    };
  }
  const inner = whole.slice(1, -1);
  const value =
    inner === ''
      ? { raw: '""', start, length: 2 }
      : { raw: toJson(inner, quote), start: start + 1, length: inner.length };
  const problem =
    quotedProblem(text, start + whole.length) ?? (quote === '"' ? escapeProblem(inner, start + 1) : undefined);
  return problem === undefined ? value : { ...value, problem };
}

/** `ini` takes what is between double quotes for JSON. Single quotes hold their text as it is. */
function toJson(inner: string, quote: '"' | "'"): string {
  return quote === "'" ? JSON.stringify(inner) : `"${inner.replaceAll('\t', String.raw`\t`)}"`;
}

function quotedProblem(text: string, end: number): ScannedValue['problem'] {
  const rest = text.slice(end);
  if (/^\s*$|^\s+[;#]/u.test(rest)) return undefined;
  const at = end + rest.length - rest.trimStart().length;
  const hint = 'put the whole value in quotes, and a blank before a comment';
  return {
    code: 'text-after-quote',
    message: 'something stands behind the quoted value',
    hint,
    at,
    length: text.trimEnd().length - at,
  };
}

function escapeProblem(inner: string, start: number): ScannedValue['problem'] {
  const found = unknownEscape.exec(inner);
  const bad = found?.groups?.['bad'];
  if (found === null || bad === undefined) return undefined;
  const at = start + found.index + found[0].length - bad.length;
  return {
    code: 'bad-escape',
    message: `"${bad}" is no escape`,
    hint: String.raw`write a backslash as \\, or use single quotes`,
    at,
    length: bad.length,
  };
}

function scanPlain(text: string, start: number): ScannedValue {
  if (!/[;#\\]/u.test(text)) {
    const raw = text.slice(start).trimEnd();
    return { raw, start, length: raw.length };
  }
  const marks = text.slice(start).matchAll(/\\.|[;#]/gu);
  let end = text.length;
  let inWord: number | undefined;
  for (const mark of marks) {
    const at = start + mark.index;
    if (mark[0].startsWith('\\')) continue;
    if (at === start || text[at - 1]?.trim() === '') {
      end = at;
      break;
    }
    inWord ??= at;
  }
  const raw = text.slice(start, end).trimEnd();
  if (raw === '') return { raw, start: Math.max(0, text.lastIndexOf('=', start)), length: 1 };
  if (inWord === undefined) return { raw, start, length: raw.length };
  // The word as it was most likely meant, so that what follows from it can be checked all the same.
  const meant = raw.replaceAll(/\\.|[;#]/gu, (mark) => (mark.length === 2 ? mark : `\\${mark}`));
  const message = `"${text[inWord]}" stands inside a word`;
  const hint = 'put the value in quotes if it belongs to it; put a blank before it if a comment begins here';
  return {
    raw: meant,
    start,
    length: raw.length,
    problem: { code: 'comment-in-word', message, hint, at: inWord, length: 1 },
  };
}
