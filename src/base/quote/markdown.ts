import { UnquotableError, refuseUnwritable } from './errors.ts';

/** Every character that Markdown may mean something by can stand behind a backslash (CommonMark, 2.4). */
const punctuation = /[!-/:-@[-`{-~]/gu;

/**
 * Text of a paragraph, of a heading or of a table's cell, shown as exactly this but for white space, which counts as one
 * blank.
 * @throws UnquotableError for control characters.
 */
export function quoteMarkdown(value: string): string {
  return visible(value).replaceAll(punctuation, String.raw`\$&`);
}

/**
 * The same, where what stands between backticks is what a person types: a span of code.
 * @throws UnquotableError also for a backtick without another.
 */
export function quoteMarkdownText(value: string): string {
  const parts = value.split('`');
  if (parts.length % 2 === 0) throw new UnquotableError('Markdown', value, 'a backtick has no other to end at');
  return parts.map((part, index) => (index % 2 === 1 ? quoteMarkdownCode(part) : quoteMarkdown(part))).join('');
}

/**
 * A span of code, wherever text can stand.
 * @throws UnquotableError where there is none: for nothing at all, for line breaks and control characters.
 */
export function quoteMarkdownCode(value: string): string {
  if (value.trim() === '' || /[\n\r]/u.test(value))
    throw new UnquotableError('Markdown', value, 'a span of code is one line with something in it');
  const runs = [...visible(value).matchAll(/`+/gu)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  // One blank at both ends is taken off again (CommonMark, 6.1).
  const padded = /^`|`$|^ .* $/u.test(value) ? ` ${value} ` : value;
  return fence + padded + fence;
}

/** In a table the cell ends at a bar, even in a span of code (GFM, 4.10). */
export function quoteMarkdownCell(value: string): string {
  return quoteMarkdownText(value).replaceAll(/(?<!\\)\|/gu, String.raw`\|`);
}

function visible(value: string): string {
  refuseUnwritable('Markdown', value);
  const text = value.replaceAll(/[\t\n\r ]+/gu, ' ');
  if (/\p{Cc}/u.test(text)) throw new UnquotableError('Markdown', value, 'it holds a control character');
  return text;
}
