import { addToIp, contains, firstAddress, formatIp, isHostAddress, parseIp } from '../base/ip.ts';
import type { Prefix } from '../base/ip.ts';
import type { HostModel } from './model.ts';
import type { NetworkDraft } from './networks.ts';

type Networks = ReadonlyMap<string, NetworkDraft>;

/** How far from a prefix's first address a free one is looked for. */
const farthest = 65_536;

/**
 * Numbers that no container has and whose addresses are free in every network, smallest first; each is given once, so
 * that several hints can all be followed.
 */
export function freeIds(model: HostModel, networks: Networks): () => number {
  let taken: ReadonlySet<number> | undefined;
  let last = 0;
  return () => {
    taken ??= new Set([...model.containers.map((container) => container.id), ...takenNumbers(model, networks)]);
    do last += 1;
    while (taken.has(last));
    return last;
  };
}

/** Addresses that nobody in a network has; each is given once. */
export function freeAddresses(
  model: HostModel,
  networks: Networks,
): (network: string, family: 4 | 6) => string | undefined {
  let taken: Set<string> | undefined;
  const searches = new Map<string, Iterator<string>>();
  return (network, family) => {
    const draft = networks.get(network);
    const prefix = family === 4 ? draft?.four : draft?.six;
    if (prefix === undefined) return undefined;
    taken ??= new Set(usedAddresses(model).map(([, address]) => address));
    const name = `${network} ${family}`;
    const search = searches.get(name) ?? freeIn(prefix, taken);
    searches.set(name, search);
    const next = search.next();
    return next.done === true ? undefined : next.value;
  };
}

/** Networks of one wire may have the same addresses: what one is given is taken in the other. */
function* freeIn(prefix: Prefix, taken: Set<string>): Generator<string> {
  for (let number = 2; number < farthest; number += 1) {
    const ip = addToIp(firstAddress(prefix), number);
    if (ip === undefined || !isHostAddress(prefix, ip)) return;
    const text = formatIp(ip);
    if (taken.has(text)) continue;
    taken.add(text);
    yield text;
  }
}

/** The ids that would give some network an address that is in use there. */
function takenNumbers(model: HostModel, networks: Networks): readonly number[] {
  return usedAddresses(model).flatMap(([network, address]) => {
    const ip = parseIp(address);
    const draft = networks.get(network);
    const prefix = ip?.family === 4 ? draft?.four : draft?.six;
    return ip === undefined || prefix === undefined || !contains(prefix, ip)
      ? []
      : [Number(ip.value - firstAddress(prefix).value)];
  });
}

/** Every address in use, with its network: the containers', the host's, the gateways'. All are in canonical form. */
function usedAddresses(model: HostModel): readonly (readonly [network: string, address: string])[] {
  const ofNetworks = model.networks.map(({ name, ipv4, ipv6, gateway4, gateway6 }) => ({
    name,
    addresses: [ipv4?.address, ipv6?.address, gateway4, gateway6, ...model.host.ipv4, ...model.host.ipv6],
  }));
  const ofNics = model.containers.flatMap(({ nics }) =>
    nics.map(({ network, ipv4, ipv6 }) => ({ name: network, addresses: [ipv4?.address, ipv6?.address] })),
  );
  return [...ofNetworks, ...ofNics].flatMap(({ name, addresses }) =>
    addresses.flatMap((address) => (address === undefined ? [] : [[name, address] as const])),
  );
}
