import { refuseUnwritable } from './errors.ts';

/** Characters that mean something between double quotes in a POSIX shell. */
const special = /["$`\\]/u;

/**
 * A word of a POSIX shell (dash, bash, busybox) that yields exactly `value` when sourced. Always in quotes: double ones
 * where nothing inside them is special, else single ones, else double ones with backslashes.
 * Line breaks stay as they are, since both kinds of quotes hold them.
 * @throws UnquotableError for NUL and invalid Unicode.
 */
export function quoteSh(value: string): string {
  refuseUnwritable('sh', value);
  if (!special.test(value)) return `"${value}"`;
  if (!value.includes("'")) return `'${value}'`;
  return `"${value.replaceAll(/["$`\\]/gu, String.raw`\$&`)}"`;
}

/** Several values as one word, with a blank between them: the form of a list in a conf.d file. */
export function quoteShList(values: readonly string[]): string {
  return quoteSh(values.join(' '));
}
