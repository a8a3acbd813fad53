import ipaddr from 'ipaddr.js';

export type IpFamily = 4 | 6;

/** An address as a number, so that arithmetic on it is plain. */
export interface Ip {
  readonly family: IpFamily;
  readonly value: bigint;
}

/** An address with the length of its prefix: `10.0.3.1/24`. The address may be any in it. */
export interface Prefix {
  readonly ip: Ip;
  readonly length: number;
}

const bitsOf: Readonly<Record<IpFamily, number>> = { 4: 32, 6: 128 };

/** Reads an address. Strict: four decimal numbers without leading zeros, or IPv6 without a zone. */
export function parseIp(text: string): Ip | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): Ip | undefined {
  const octets = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/u.exec(text);
  if (octets === null) return undefined;
  let value = 0;
  for (const octet of octets.slice(1).map(Number)) {
    if (octet > 255) return undefined;
    value = value * 256 + octet;
  }
  return { family: 4, value: BigInt(value) };
}

function parseIpv6(text: string): Ip | undefined {
  if (!/^[0-9A-Fa-f:.]+$/u.test(text) || !ipaddr.IPv6.isValid(text)) return undefined;
  return {
    family: 6,
    value: BigInt(
      `0x${ipaddr.IPv6.parse(text)
        .parts.map((part) => hex(part))
        .join('')}`,
    ),
  };
}

function hex(part: number): string {
  return part.toString(16).padStart(4, '0');
}

/** The canonical text: dotted decimal, or RFC 5952. */
export function formatIp(ip: Ip): string {
  if (ip.family === 4) {
    const value = Number(ip.value);
    return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
  }
  const digits = ip.value.toString(16).padStart(32, '0');
  const parts = Array.from({ length: 8 }, (_, index) => Number.parseInt(digits.slice(index * 4, index * 4 + 4), 16));
  return new ipaddr.IPv6(parts).toRFC5952String();
}

/** Reads `ADDRESS/LENGTH`; undefined without a length or with one that the family does not have. */
export function parsePrefix(text: string): Prefix | undefined {
  const slash = text.indexOf('/');
  if (slash === -1) return undefined;
  const ip = parseIp(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (ip === undefined || !/^(?:0|[1-9]\d{0,2})$/u.test(digits)) return undefined;
  const length = Number(digits);
  return length > bitsOf[ip.family] ? undefined : { ip, length };
}

export function formatPrefix(prefix: Prefix): string {
  return `${formatIp(prefix.ip)}/${prefix.length}`;
}

/** How many bits of an address of this prefix are the host's, as a mask. */
function hostMask(prefix: Prefix): bigint {
  return (1n << BigInt(bitsOf[prefix.ip.family] - prefix.length)) - 1n;
}

/** The first address of the prefix: 10.0.3.0 for 10.0.3.1/24. */
export function firstAddress(prefix: Prefix): Ip {
  return { family: prefix.ip.family, value: prefix.ip.value & ~hostMask(prefix) };
}

/** The last address of the prefix: 10.0.3.255 for 10.0.3.1/24. */
export function lastAddress(prefix: Prefix): Ip {
  return { family: prefix.ip.family, value: prefix.ip.value | hostMask(prefix) };
}

/** The prefix with its first address: 10.0.3.0/24 for 10.0.3.1/24. */
export function networkOf(prefix: Prefix): Prefix {
  return { ip: firstAddress(prefix), length: prefix.length };
}

export function contains(prefix: Prefix, ip: Ip): boolean {
  if (prefix.ip.family !== ip.family) return false;
  const shift = BigInt(bitsOf[ip.family] - prefix.length);
  return prefix.ip.value >> shift === ip.value >> shift;
}

/** True when some address is in both. */
export function overlaps(one: Prefix, other: Prefix): boolean {
  return one.length < other.length ? contains(one, other.ip) : contains(other, one.ip);
}

/** The address `distance` further on; undefined where the family has no more. */
export function addToIp(ip: Ip, distance: number | bigint): Ip | undefined {
  const value = ip.value + BigInt(distance);
  return value < 0n || value >> BigInt(bitsOf[ip.family]) !== 0n ? undefined : { family: ip.family, value };
}

/**
 * Whether a machine can have this address in this prefix: not IPv4's network and broadcast addresses (RFC 1122; a /31
 * and a /32 have none, RFC 3021), and not IPv6's subnet-router anycast address (RFC 4291; a /127 and a /128 have none).
 */
export function isHostAddress(prefix: Prefix, ip: Ip): boolean {
  if (!contains(prefix, ip)) return false;
  if (bitsOf[ip.family] - prefix.length < 2) return true;
  const isFirst = ip.value === firstAddress(prefix).value;
  return !isFirst && (ip.family === 6 || ip.value !== lastAddress(prefix).value);
}

/** The address that is `number` after the prefix's first one; undefined when that is outside, or no host's. */
export function numberedAddress(prefix: Prefix, number: number): Ip | undefined {
  const ip = addToIp(firstAddress(prefix), number);
  return ip !== undefined && isHostAddress(prefix, ip) ? ip : undefined;
}

/** What an address is for, in the registries' words: `private`, `multicast`, `loopback`, `linkLocal`, `unicast` … */
export function addressRange(ip: Ip): string {
  return ipaddr.parse(formatIp(ip)).range();
}
