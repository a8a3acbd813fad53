import { UnquotableError, refuseUnwritable } from './errors.ts';
import { quoteSh } from './sh.ts';

/**
 * A word of an ebuild, which bash and the tools that read ebuilds without it take for exactly `value`. Quoted as for
 * any shell (PMS wants bash), but of one line: what an ebuild says of itself stands on one (PMS 7.2).
 * @throws UnquotableError for line breaks and other control characters, NUL, and invalid Unicode.
 */
export function quoteEbuild(value: string): string {
  refuseUnwritable('ebuild', value);
  if (/\p{Cc}/u.test(value)) {
    throw new UnquotableError('ebuild', value, 'it holds a line break or another control character');
  }
  return quoteSh(value);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Text or an attribute's value of an XML file such as metadata.xml (GLEP 68).
 * @throws UnquotableError for control characters but tab and line feed, which XML 1.0 has no way to hold.
 */
export function quoteXml(value: string): string {
  refuseUnwritable('xml', value);
  if (/[^\P{Cc}\t\n]/u.test(value)) throw new UnquotableError('xml', value, 'it holds a control character');
  return value.replaceAll(/[&<>"]/gu, (character) => entities[character] ?? character);
}
