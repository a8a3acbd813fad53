import { contains, formatPrefix, networkOf, parseIp, parsePrefix } from '../../base/ip.ts';
import { typeOf } from '../../networks/index.ts';
import type { HostModel, NetworkModel } from '../../resolve/model.ts';
import { poolOf } from './pool.ts';
import type { Pool } from './pool.ts';

/** One broadcast domain outside the host: the wire of a card, or a VLAN on it. All addresses are `ADDRESS/LENGTH`. */
export interface Segment {
  /** The router's interface in it, and the namespace of the machine beside the host: `lan0`, `lan0.42`. */
  readonly name: string;
  /** What people call the machine beside the host: `lan`, or `lan-eth1` where there are several. */
  readonly neighbourName: string;
  /** The card of the host's. */
  readonly card: string;
  /** The wire of the card, as the router names it: `lan0`. */
  readonly wire: string;
  /** Its tag on the wire. */
  readonly vlan?: number;
  /** The host's interface in it: the card, or eth0.42; absent where the host has none. */
  readonly hostInterface?: string;
  readonly host: readonly string[];
  readonly router: readonly string[];
  readonly neighbour: readonly string[];
  /** Names of the networks whose containers are in it. */
  readonly networks: readonly string[];
  /** Names of the networks that use its card: those, and such as are behind the host all the same. */
  readonly users: readonly string[];
}

/** A prefix behind the host: the router and the neighbours reach it by that address of the host's. */
interface Behind {
  readonly prefix: string;
  readonly via: string;
  /** The segment of that address. */
  readonly segment: string;
}

/** What is around the host: made up where the description is silent. */
export interface World {
  readonly segments: readonly Segment[];
  /** Between the router and the client that is behind it. */
  readonly transit: readonly { readonly router: string; readonly client: string }[];
  /** What the host routes through before its services have started. */
  readonly gateways: readonly { readonly address: string; readonly dev: string }[];
  readonly behind: readonly Behind[];
}

export interface WorldOptions {
  /** Whether the kernel has tagged interfaces; without, eth0.42 is a card of its own. */
  readonly vlans: boolean;
}

interface Draft {
  readonly card: string;
  readonly vlan?: number;
  readonly networks: NetworkModel[];
  readonly users: NetworkModel[];
  /** Interfaces that the host has here by itself. */
  hostInterface?: string;
}

const families = [4, 6] as const;

/** What of a network outside the description needs. Pure. */
export function planWorld(model: HostModel, options: WorldOptions): World {
  const pool = poolOf(model);
  const drafts = draftsOf(model, options);
  const wires = [...new Set(drafts.map(({ card }) => card))];
  const segments = drafts.map((draft) => segment(model, pool, draft, wires.indexOf(draft.card), drafts.length === 1));
  const first = segments.find(({ host }) => host.length > 0);
  const transit = families.map((family) => {
    const prefix = pool.prefix(family);
    return { router: withLength(pool.address(prefix), prefix), client: withLength(pool.address(prefix), prefix) };
  });
  return { segments, transit, gateways: gatewaysOf(first), behind: behindOf(model, segments, first) };
}

/** The segment of each of the host's cards and of each VLAN, uplinks first. */
function draftsOf({ host, networks }: HostModel, { vlans }: WorldOptions): readonly Draft[] {
  const links = new Set(networks.flatMap(({ link }) => link ?? []));
  const drafts = new Map<string, Draft>();
  const at = (card: string, vlan?: number): Draft => {
    const key = `${card}|${String(vlan ?? '')}`;
    const draft = drafts.get(key) ?? { card, networks: [], users: [], ...(vlan === undefined ? {} : { vlan }) };
    drafts.set(key, draft);
    return draft;
  };
  const own = (name: string): Draft => {
    const [, card, tag] = /^(.+)\.(\d+)$/u.exec(name) ?? [];
    const draft = vlans && card !== undefined ? at(card, Number(tag)) : at(name);
    draft.hostInterface = name;
    return draft;
  };
  for (const uplink of host.uplinks) own(uplink);
  for (const network of networks) {
    const { parent, vlan, ports } = network;
    for (const port of ports) use(own(port), network);
    if (parent === undefined || links.has(parent)) continue;
    const card = own(parent);
    use(vlan === undefined ? card : at(parent, vlan), network);
  }
  return [...drafts.values()];
}

function use({ networks, users }: Draft, network: NetworkModel): void {
  users.push(network);
  if (typeOf(network).isOnWire(network)) networks.push(network);
}

function segment(model: HostModel, pool: Pool, draft: Draft, wire: number, alone: boolean): Segment {
  const { card, vlan, networks, users, hostInterface } = draft;
  const name = `lan${String(wire)}${vlan === undefined ? '' : `.${String(vlan)}`}`;
  const host = hostAddresses(model, pool, draft);
  const [router, neighbour] = [new Map<string, string>(), new Set<string>()];
  const prefixes = [...networks.flatMap(({ prefix4, prefix6 }) => [prefix4, prefix6]), ...host.map(prefixText)];
  for (const prefix of new Set(prefixes.filter((text) => text !== undefined))) {
    const given = networks.flatMap(outsideGateways).find((gateway) => isIn(prefix, gateway));
    const address = given ?? pool.address(prefix);
    if (address !== undefined) router.set(prefix, withLength(address, prefix));
    const other = pool.address(prefix);
    if (other !== undefined) neighbour.add(withLength(other, prefix));
  }
  return {
    name,
    neighbourName: alone ? 'lan' : `lan-${hostInterface ?? `${card}.${String(vlan)}`}`,
    card,
    wire: `lan${String(wire)}`,
    ...(vlan === undefined ? {} : { vlan }),
    ...(hostInterface === undefined ? {} : { hostInterface }),
    host,
    router: [...router.values()],
    neighbour: [...neighbour],
    networks: networks.map((network) => network.name),
    users: users.map((network) => network.name),
  };
}

/** Addresses of the host's before its services start: a bridge takes those of its port. */
function hostAddresses({ host }: HostModel, pool: Pool, { hostInterface, networks }: Draft): readonly string[] {
  if (hostInterface === undefined || !host.uplinks.includes(hostInterface)) return [];
  const bridge = networks.find(({ ports }) => ports.includes(hostInterface));
  if (bridge !== undefined)
    return [bridge.ipv4, bridge.ipv6].flatMap((own) => (own ? [`${own.address}/${String(own.length)}`] : []));
  const isFirst = host.uplinks.indexOf(hostInterface) === 0;
  return families.flatMap((family) => {
    const given = isFirst ? (family === 4 ? host.ipv4 : host.ipv6) : [];
    if (given.length > 0) return given.map((address) => wideEnough(address, networks));
    const prefix = pool.prefix(family);
    return withLength(pool.address(prefix), prefix);
  });
}

/** The description gives no length with the host's addresses: that of a network on the same wire, else a usual one. */
function wideEnough(address: string, networks: readonly NetworkModel[]): string {
  const known = networks
    .flatMap(({ prefix4, prefix6 }) => [prefix4, prefix6])
    .find((prefix) => prefix !== undefined && isIn(prefix, address));
  const length = known?.split('/')[1] ?? (address.includes(':') ? '64' : '24');
  return `${address}/${length}`;
}

const outsideGateways = ({ gatewayIsOutside, gateway4, gateway6, ipv4, ipv6 }: NetworkModel): readonly string[] =>
  gatewayIsOutside
    ? [gateway4, gateway6]
        .filter((gateway) => gateway !== undefined)
        .filter((gateway) => gateway !== ipv4?.address && gateway !== ipv6?.address)
    : [];

function gatewaysOf(first: Segment | undefined): World['gateways'] {
  if (first?.hostInterface === undefined) return [];
  const dev = first.hostInterface;
  return families.flatMap((family) => {
    const own = first.host.filter((address) => address.includes(':') === (family === 6));
    const gateway = first.router.find((address) => own.some((other) => isIn(prefixText(address), addressOf(other))));
    return gateway === undefined ? [] : [{ address: addressOf(gateway), dev }];
  });
}

/** Prefixes that no wire has: only the host's packet filter is to keep the outside from them. */
function behindOf({ networks }: HostModel, segments: readonly Segment[], first: Segment | undefined): Behind[] {
  const onWire = new Set(segments.flatMap((each) => each.networks));
  const routers = segments.flatMap(({ router }) => router.map(prefixText));
  return networks
    .filter(({ name }) => !onWire.has(name))
    .flatMap(({ prefix4, prefix6 }) => [prefix4, prefix6])
    .flatMap((prefix) => {
      if (prefix === undefined || first === undefined) return [];
      // Where the host answers for them in the network of its uplink, nobody has a route.
      if (routers.some((wide) => isIn(wide, addressOf(prefix)))) return [];
      const via = first.host.find((address) => address.includes(':') === prefix.includes(':'));
      return via === undefined ? [] : [{ prefix, via: addressOf(via), segment: first.name }];
    });
}

/** `10.0.3.1` of `10.0.3.1/24`. */
export function addressOf(text: string): string {
  return text.split('/')[0] ?? text;
}

/** Whether an address is in a prefix; the prefix may be given by any address in it. */
export function isIn(prefix: string, address: string): boolean {
  const [whole, ip] = [parsePrefix(prefix), parseIp(address)];
  return whole !== undefined && ip !== undefined && contains(whole, ip);
}

/** `10.0.3.0/24` of `10.0.3.1/24`. */
function prefixText(address: string): string {
  const prefix = parsePrefix(address);
  return prefix === undefined ? address : formatPrefix(networkOf(prefix));
}

function withLength(address: string | undefined, prefix: string): string {
  return `${address ?? ''}/${prefix.split('/')[1] ?? ''}`;
}
