import {
  addToIp,
  contains,
  formatIp,
  isHostAddress,
  lastAddress,
  overlaps,
  parseIp,
  parsePrefix,
} from '../../base/ip.ts';
import type { Prefix } from '../../base/ip.ts';
import type { HostModel } from '../../resolve/model.ts';

/** Prefixes set aside for documentation and for tests (RFC 5737, 2544, 3849): no real network is ever meant. */
const documentation = [
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  ...Array.from({ length: 64 }, (_, number) => `198.18.${String(number)}.0/24`),
  ...Array.from({ length: 64 }, (_, number) => `2001:db8:${(0xff00 + number).toString(16)}::/64`),
];

/** Addresses and prefixes that nobody in a description has. */
export interface Pool {
  /** A prefix that overlaps with none of the description, another one at each call. */
  prefix(family: 4 | 6): string;
  /** An address of the prefix that nobody has, another one at each call; undefined when there is none. */
  address(prefix: string): string | undefined;
}

export function poolOf(model: HostModel): Pool {
  const described = model.networks.flatMap(({ prefix4, prefix6 }) => [prefix4, prefix6]).flatMap(prefixes);
  const used = new Set(usedAddresses(model));
  const hosts = [...used].flatMap((text) => parseIp(text) ?? []);
  const free = documentation
    .flatMap(prefixes)
    .filter(
      (prefix) => !described.some((other) => overlaps(prefix, other)) && !hosts.some((ip) => contains(prefix, ip)),
    );
  return {
    prefix(family) {
      const at = free.findIndex(({ ip }) => ip.family === family);
      const [found] = at === -1 ? [] : free.splice(at, 1);
      if (found === undefined) throw new Error('no prefix is left for the network outside');
      return `${formatIp(found.ip)}/${String(found.length)}`;
    },
    address(text) {
      const prefix = parsePrefix(text);
      const found = prefix && freeAddress(prefix, used);
      if (found !== undefined) used.add(found);
      return found;
    },
  };
}

const prefixes = (text: string | undefined): Prefix[] => (text === undefined ? [] : [parsePrefix(text) ?? []].flat());

/** From the top, where people give few out. */
function freeAddress(prefix: Prefix, used: ReadonlySet<string>): string | undefined {
  const tries = used.size + 3;
  for (let back = 0; back < tries; back += 1) {
    const ip = addToIp(lastAddress(prefix), -back);
    if (ip === undefined || !contains(prefix, ip)) return undefined;
    // The highest 128 of an IPv6 subnet are anycast addresses of routers (RFC 2526); Linux does not mind.
    if (isHostAddress(prefix, ip) && !used.has(formatIp(ip))) return formatIp(ip);
  }
  return undefined;
}

function usedAddresses({ host, networks, containers }: HostModel): readonly string[] {
  return [
    ...host.ipv4,
    ...host.ipv6,
    ...networks.flatMap(({ ipv4, ipv6, gateway4, gateway6, dns }) => [
      ...[ipv4?.address, ipv6?.address, gateway4, gateway6].filter((address) => address !== undefined),
      ...dns,
    ]),
    ...containers.flatMap(({ nics }) => nics.flatMap(({ senders4, senders6 }) => [...senders4, ...senders6])),
  ];
}
