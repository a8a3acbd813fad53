import { hash } from 'node:crypto';

/** IFNAMSIZ without its terminator. */
const longestInterface = 15;
const hashLength = 6;

/** In hex. */
function digest(...parts: readonly string[]): string {
  return hash('sha256', parts.join('\0'));
}

/**
 * An interface's name of at most 15 bytes: `wanted` itself where it fits, else its beginning and a hash of the whole,
 * so that it is still recognised and the same every time. Two names may still collide, which a rule looks for.
 */
export function interfaceName(wanted: string): string {
  if (wanted.length <= longestInterface) return wanted;
  const hashed = Number.parseInt(digest(wanted).slice(0, 12), 16)
    .toString(36)
    .padStart(hashLength, '0')
    .slice(-hashLength);
  const readable = wanted.slice(0, longestInterface - hashLength - 1).replace(/-+$/u, '');
  return `${readable}-${hashed}`;
}

/**
 * A hardware address that is always the same for the same parts. `first` is its first byte: 02 is locally administered;
 * with fe the kernel never prefers it when it picks a bridge's own address.
 */
export function derivedMac(first: '02' | 'fe', ...parts: readonly string[]): string {
  const bytes = digest(...parts);
  return `${first}:${bytes.slice(0, 2)}:${bytes.slice(2, 4)}:${bytes.slice(4, 6)}:${bytes.slice(6, 8)}:${bytes.slice(8, 10)}`;
}
