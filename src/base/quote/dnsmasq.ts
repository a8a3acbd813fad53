import { UnquotableError, refuseUnwritable } from './errors.ts';

/** What means nothing to dnsmasq wherever it stands; addresses must not be quoted, since that hides their colons. */
const plain = /^[A-Za-z0-9._:/-]+$/u;

/** Its escapes between quotes; any other backslash stands for itself. */
const escapes: Readonly<Record<string, string>> = {
  '"': String.raw`\"`,
  '\\': String.raw`\\`,
  '\t': String.raw`\t`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
};

/**
 * One part, between commas, of an option's value in dnsmasq's configuration, which it reads back as exactly `value`
 * (`option.c`; tried with dnsmasq 2.90). In double quotes unless it is plain: there commas, colons, dots and `#` are
 * text. A line may have 1024 bytes; the caller keeps to that.
 * @throws UnquotableError for '' (dnsmasq drops it), and for control characters: it uses some of them for its own ends.
 */
export function quoteDnsmasq(value: string): string {
  refuseUnwritable('dnsmasq', value);
  if (value === '') throw new UnquotableError('dnsmasq', value, 'an empty value is no value');
  if (plain.test(value)) return value;
  const escaped = value.replaceAll(/["\\\t\n\r]/gu, (character) => escapes[character] ?? character);
  if (/\p{Cc}/u.test(escaped)) {
    throw new UnquotableError('dnsmasq', value, 'it holds a control character that dnsmasq would take for another');
  }
  return `"${escaped}"`;
}
