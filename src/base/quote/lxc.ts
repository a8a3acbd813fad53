import { UnquotableError, refuseUnwritable } from './errors.ts';

/** LXC trims these two, and no other blanks, from both ends of a value. */
const outerBlank = /^[ \t]|[ \t]$/u;

/**
 * The right side of `lxc.key = …`, which liblxc reads back as exactly `value`. The parser (`confile.c`; tried with
 * LXC 5.0.2) ends a line at LF, CR and NUL, trims blanks and tabs, and strips one outer pair of equal quotes; there
 * are no escapes and no trailing comments. So a value that the trimming or stripping would change gets a pair of
 * quotes to lose.
 * @throws UnquotableError for line ends, and for '' because an empty value makes LXC forget the setting.
 */
export function quoteLxc(value: string): string {
  refuseUnwritable('lxc', value);
  if (value === '')
    throw new UnquotableError('lxc', value, 'LXC takes an empty value as an order to forget the setting');
  if (/[\n\r]/u.test(value)) throw new UnquotableError('lxc', value, 'LXC has no way to hold a line break');
  return outerBlank.test(value) || isInQuotes(value) ? `"${value}"` : value;
}

function isInQuotes(value: string): boolean {
  const first = value[0];
  return value.length > 1 && (first === '"' || first === "'") && value.endsWith(first);
}

/**
 * One field of an fstab-like line (`lxc.mount.entry`, whose fields are separated by blanks): blanks and backslashes
 * as three octal digits, which getmntent(3) reads back. The whole line still goes through quoteLxc.
 * @throws UnquotableError for line ends and ''.
 */
export function quoteMountField(value: string): string {
  refuseUnwritable('lxc', value);
  if (value === '') throw new UnquotableError('lxc', value, 'a field of a mount entry cannot be empty');
  if (/[\n\r]/u.test(value)) throw new UnquotableError('lxc', value, 'LXC has no way to hold a line break');
  return value.replaceAll(/[ \t\\]/gu, (blank) => `\\${blank.charCodeAt(0).toString(8).padStart(3, '0')}`);
}
