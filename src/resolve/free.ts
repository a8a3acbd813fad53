import { addToIp, firstAddress, formatIp, isHostAddress, parseIp } from '../base/ip.ts';
import type { Prefix } from '../base/ip.ts';
import type { HostModel } from './model.ts';
import type { NetworkDraft } from './networks.ts';

/** How far from a prefix's first address a free one is looked for. */
const farthest = 65_536;

/** Numbers that no container has, smallest first; each is given once, so that several hints can all be followed. */
export function freeIds(model: HostModel): () => number {
  let taken: ReadonlySet<number> | undefined;
  let last = 0;
  return () => {
    taken ??= new Set(model.containers.map((container) => container.id));
    do last += 1;
    while (taken.has(last));
    return last;
  };
}

/** Addresses that nobody in a network has; each is given once. */
export function freeAddresses(
  model: HostModel,
  networks: ReadonlyMap<string, NetworkDraft>,
): (network: string, family: 4 | 6) => string | undefined {
  let taken: ReadonlySet<string> | undefined;
  const searches = new Map<string, Iterator<string>>();
  return (network, family) => {
    taken ??= takenAddresses(model);
    const name = `${network} ${family}`;
    const prefix = family === 4 ? networks.get(network)?.four : networks.get(network)?.six;
    if (prefix === undefined) return undefined;
    const search = searches.get(name) ?? freeIn(prefix, network, taken);
    searches.set(name, search);
    const next = search.next();
    return next.done === true ? undefined : next.value;
  };
}

function* freeIn(prefix: Prefix, network: string, taken: ReadonlySet<string>): Generator<string> {
  for (let number = 2; number < farthest; number += 1) {
    const ip = addToIp(firstAddress(prefix), number);
    if (ip === undefined || !isHostAddress(prefix, ip)) return;
    const text = formatIp(ip);
    if (!taken.has(`${network} ${text}`)) yield text;
  }
}

/** Every address in use, as `NETWORK ADDRESS`: the containers', the host's, the gateways'. */
function takenAddresses(model: HostModel): ReadonlySet<string> {
  const ofNetworks = model.networks.flatMap(({ name, ipv4, ipv6, gateway4, gateway6 }) =>
    [ipv4?.address, ipv6?.address, gateway4, gateway6].map((address) => [name, address] as const),
  );
  const ofNics = model.containers.flatMap(({ nics }) =>
    nics.flatMap(({ network, ipv4, ipv6 }) => [[network, ipv4?.address] as const, [network, ipv6?.address] as const]),
  );
  const taken = new Set<string>();
  for (const [network, address] of [...ofNetworks, ...ofNics]) {
    const ip = address === undefined ? undefined : parseIp(address);
    if (ip !== undefined) taken.add(`${network} ${formatIp(ip)}`);
  }
  return taken;
}
