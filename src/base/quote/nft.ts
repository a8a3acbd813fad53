import { formatIp, parseIp, parsePrefix, formatPrefix } from '../ip.ts';
import { UnquotableError, refuseUnwritable } from './errors.ts';

/** NFTNL_UDATA_COMMENT_MAXLEN. */
const longestComment = 128;
/** NFT_NAME_MAXLEN without its terminator. */
const longestName = 255;
/** IFNAMSIZ without its terminator. */
const longestInterface = 15;

const encoder = new TextEncoder();

/** The number of bytes that `text` takes in UTF-8, which is what the kernel counts. */
function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/**
 * The name of a table, chain, set or map, which nft takes without quotes. Its keywords (`ip6`, `fwd`, `dnat`, more
 * with every release) are refused as names, and none of them holds an underscore: so a name must hold one, or start
 * with `rc-`, and callers put `net_` or the like before a name of the user's.
 * @throws UnquotableError
 */
export function quoteNftName(value: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/u.test(value)) {
    throw new UnquotableError('nft', value, 'a name is a letter, then letters, digits, dashes and underscores');
  }
  if (value.length > longestName) throw new UnquotableError('nft', value, `it has more than ${longestName} characters`);
  if (!value.includes('_') && !value.startsWith('rc-')) {
    throw new UnquotableError('nft', value, 'it could be a keyword of nft');
  }
  return value;
}

/**
 * A quoted string, as for a comment: nft has no escapes, so a double quote cannot stand in it.
 * @throws UnquotableError for that, for control characters and for more than 128 bytes.
 */
export function quoteNftString(value: string): string {
  refuseUnwritable('nft', value);
  if (value.includes('"')) throw new UnquotableError('nft', value, 'nft has no way to hold a double quote');
  if (/\p{Cc}/u.test(value))
    throw new UnquotableError('nft', value, 'it holds a line break or another control character');
  if (byteLength(value) > longestComment) {
    throw new UnquotableError('nft', value, `it has more than ${longestComment} bytes`);
  }
  return `"${value}"`;
}

/**
 * The name of one interface, for `iifname` and `oifname`; a trailing `*` would match many and is refused.
 * @throws UnquotableError for what the kernel does not take as a name either.
 */
export function quoteNftInterface(value: string): string {
  if (!/^[^\s/:"*\\\p{Cc}]+$/u.test(value) || value === '.' || value === '..') {
    throw new UnquotableError('nft', value, 'this is no name of an interface');
  }
  refuseUnwritable('nft', value);
  if (byteLength(value) > longestInterface) {
    throw new UnquotableError('nft', value, `the name of an interface has at most ${longestInterface} bytes`);
  }
  return `"${value}"`;
}

/**
 * An IPv4 or IPv6 address, or a prefix (`10.0.3.0/24`), in canonical form.
 * @throws UnquotableError for anything else.
 */
export function quoteNftAddress(value: string): string {
  const ip = parseIp(value);
  if (ip !== undefined) return formatIp(ip);
  const prefix = parsePrefix(value);
  if (prefix === undefined) throw new UnquotableError('nft', value, 'this is no address');
  return formatPrefix(prefix);
}
