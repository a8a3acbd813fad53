import { UnquotableError, refuseUnwritable } from './errors.ts';

/** Of a line of the source, so that a change of one sentence is a change of few lines. */
const width = 78;

/** Characters that roff means something by, or that a terminal would show as another (man(7), mandoc_char(7)). */
const escapes: Readonly<Record<string, string>> = {
  '\\': String.raw`\e`,
  '-': String.raw`\-`,
  "'": String.raw`\(aq`,
  '`': String.raw`\(ga`,
  '"': String.raw`\(dq`,
  '^': String.raw`\(ha`,
  '~': String.raw`\(ti`,
};

/**
 * Text of a man page that is shown as exactly this: what a person types, or finds in a file. ASCII, so that it reads the
 * same to whatever formats it.
 * @throws UnquotableError for control characters; a line break is the caller's to make a line of.
 */
export function quoteRoff(value: string): string {
  refuse(value);
  return atStart(beyondAscii(value.replaceAll(/[\\\-'`"^~]/gu, (character) => escapes[character] ?? character)));
}

/** One argument of a macro. */
export function quoteRoffArgument(value: string): string {
  return `"${quoteRoff(value)}"`;
}

/**
 * A paragraph of prose, on lines of their own. What stands between backticks is what a person types, and is bold; the
 * rest may be hyphenated and gets the quotes of the output device.
 * @throws UnquotableError for control characters, and for a backtick without another.
 */
export function quoteRoffText(value: string): string {
  refuse(value);
  const parts = value.split('`');
  if (parts.length % 2 === 0) throw new UnquotableError('roff', value, 'a backtick has no other to end at');
  const text = parts.map((part, index) => (index % 2 === 1 ? bold(part) : plain(part))).join('');
  return filled(text)
    .map((line) => atStart(line))
    .join('\n');
}

/** Kept on one line where it is short: `nat = yes`. */
const bold = (part: string): string => {
  const quoted = quoteRoff(part);
  return String.raw`\fB${part.length > 24 ? quoted : quoted.replaceAll(' ', String.raw`\~`)}\fP`;
};

/** Our own name is not broken at its hyphen. */
const plain = (part: string): string =>
  beyondAscii(part.replaceAll('\\', escapes['\\'] ?? '').replaceAll('rc-lxc', String.raw`rc\-lxc`));

function refuse(value: string): void {
  refuseUnwritable('roff', value);
  if (/\p{Cc}/u.test(value)) throw new UnquotableError('roff', value, 'it holds a line break or a control character');
}

function beyondAscii(text: string): string {
  return text.replaceAll(/[^\0-\x7F]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return String.raw`\[u${code}]`;
  });
}

/** A dot or an apostrophe would make the line a request. */
function atStart(line: string): string {
  return /^[.']/u.test(line) ? String.raw`\&${line}` : line;
}

function filled(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((each) => each !== '')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
