import type { Place } from '../base/errors.ts';
import { contains, parseIp, parsePrefix } from '../base/ip.ts';
import { typeOf } from '../networks/index.ts';
import type { Attachment } from '../networks/types.ts';
import type { Allowance, ContainerModel, HostModel, NetworkModel, NicModel } from './model.ts';

/** An interface of a container, with all that decides what it may send and get. */
export interface PolicyNic {
  readonly container: ContainerModel;
  readonly nic: NicModel;
  readonly network: NetworkModel;
  readonly attachment: Attachment;
}

/** Whether the host has an interface for it that containers are plugged into. */
export function hasPorts(network: NetworkModel): boolean {
  return network.link !== undefined && typeOf(network).vethPairs;
}

/** A bridge that nothing of the outside is a port of: it is entered and left through the host alone. */
export function isInner(network: NetworkModel): boolean {
  return hasPorts(network) && network.ports.length === 0;
}

/** Inner, and not even let out under the host's address: the outside is there for those alone that name it. */
export function isClosed(network: NetworkModel): boolean {
  return isInner(network) && !network.nat;
}

/**
 * Whether both are one network to whoever is in it: the same prefix, on the wire of the same card. A bridge with the
 * card among its ports and a macvlan on the bridge are.
 */
export function isOneWire(
  networks: readonly NetworkModel[],
  one: NetworkModel,
  other: NetworkModel,
  family: 4 | 6,
): boolean {
  const [prefix, others] = family === 4 ? [one.prefix4, other.prefix4] : [one.prefix6, other.prefix6];
  if (prefix === undefined || prefix !== others || one.vlan !== other.vlan) return false;
  const cards = new Set(cardsOf(networks, one));
  return cardsOf(networks, other).some((card) => cards.has(card));
}

/** The cards whose network a network is; none where it is not on a wire. */
function cardsOf(networks: readonly NetworkModel[], network: NetworkModel): readonly string[] {
  if (!typeOf(network).isOnWire(network)) return [];
  const { ports, parent } = network;
  if (parent === undefined) return ports;
  const bridge = networks.find(({ link }) => link === parent);
  return [...ports, parent, ...(bridge?.ports ?? [])];
}

/** Every interface of every container, in the order of the description. */
export function policyNics(model: HostModel): readonly PolicyNic[] {
  return model.containers.flatMap((container) => containerNics(model, container));
}

/** The interfaces of one container. */
export function containerNics(model: HostModel, container: ContainerModel): readonly PolicyNic[] {
  return container.nics.flatMap((nic) => {
    const network = model.networkByName.get(nic.network);
    if (network === undefined) return [];
    return [{ container, nic, network, attachment: typeOf(network).attachment(network, nic) }];
  });
}

/** Who starts a flow, or is to get it. Without `network` a container is met where both are, else on its first interface. */
export type Endpoint =
  | { readonly kind: 'container'; readonly name: string; readonly network?: string }
  | { readonly kind: 'host' }
  /** `address`: where it is known; `network`: the network whose wire or bridge it is on. */
  | { readonly kind: 'outside'; readonly address?: string; readonly network?: string };

/** The first packet of a connection or exchange. `port` of tcp and udp; icmp is an echo request. */
export interface Flow {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly port?: number;
  readonly family: 4 | 6;
}

export interface Verdict {
  readonly allowed: boolean;
  /** One sentence. */
  readonly because: string;
  /** The line that decides, where one does. */
  readonly where?: Place;
}

/** An endpoint at the interface and address that a flow meets it. */
interface Party {
  readonly kind: Endpoint['kind'];
  readonly label: string;
  readonly at?: PolicyNic;
  readonly network?: NetworkModel;
  /** The names of the network: those of one wire with one prefix are one to whom names them. */
  readonly networks: ReadonlySet<string>;
  readonly addresses: readonly string[];
}

/**
 * Whether the description lets a flow through; what it says, not how rules say it. Whether there is a way at all,
 * routes and all, is the network types' to say: `reach`.
 */
export function verdict(model: HostModel, flow: Flow): Verdict {
  const [from, to] = parties(model, flow);
  if (from.kind !== 'container' && to.kind !== 'container')
    return { allowed: true, because: 'no container takes part' };
  return (
    isolation(from, to) ??
    limit(from, to, 'allow-out', flow) ??
    closed(from, to, flow) ??
    limit(to, from, 'allow-in', flow) ??
    inner(from, to) ?? { allowed: true, because: 'nothing forbids it' }
  );
}

function parties(model: HostModel, flow: Flow): readonly [Party, Party] {
  const all = policyNics(model);
  const network = sharedNetwork(all, flow);
  return [party(model, all, flow.from, flow, network), party(model, all, flow.to, flow, network)];
}

/** The first network that both ends have an interface in. */
function sharedNetwork(all: readonly PolicyNic[], { from, to }: Flow): string | undefined {
  const networksOf = (end: Endpoint): readonly string[] => {
    if (end.kind === 'host') return [];
    if (end.network !== undefined) return [end.network];
    if (end.kind === 'outside') return [];
    return all.filter(({ container }) => container.name === end.name).map(({ network }) => network.name);
  };
  const others = new Set(networksOf(to));
  return networksOf(from).find((name) => others.has(name));
}

function party(
  model: HostModel,
  all: readonly PolicyNic[],
  end: Endpoint,
  { family }: Flow,
  shared: string | undefined,
): Party {
  const names = (network: NetworkModel | undefined): ReadonlySet<string> => namesOf(model, network, family);
  if (end.kind === 'host')
    return { kind: 'host', label: 'the host', networks: names(undefined), addresses: hostAddresses(model, family) };
  if (end.kind === 'outside') {
    const network = end.network === undefined ? undefined : model.networkByName.get(end.network);
    const addresses = end.address === undefined ? [] : [end.address];
    return {
      kind: 'outside',
      label: end.address ?? 'outside',
      networks: names(network),
      addresses,
      ...(network === undefined ? {} : { network }),
    };
  }
  const own = all.filter(({ container }) => container.name === end.name);
  const at = own.find(({ network }) => network.name === (end.network ?? shared)) ?? own[0];
  return {
    kind: 'container',
    label: end.name,
    networks: names(at?.network),
    addresses: (family === 4 ? at?.nic.senders4 : at?.nic.senders6) ?? [],
    ...(at === undefined ? {} : { at, network: at.network }),
  };
}

function namesOf({ networks }: HostModel, network: NetworkModel | undefined, family: 4 | 6): ReadonlySet<string> {
  if (network === undefined) return new Set();
  const same = networks.filter((one) => one === network || isOneWire(networks, one, network, family));
  return new Set(same.map(({ name }) => name));
}

function hostAddresses(model: HostModel, family: 4 | 6): readonly string[] {
  const { ipv4, ipv6 } = model.host;
  const own = model.networks.flatMap((network) => (family === 4 ? network.ipv4 : network.ipv6)?.address ?? []);
  return [...(family === 4 ? ipv4 : ipv6), ...own];
}

function isolation(from: Party, to: Party): Verdict | undefined {
  const network = from.at?.network;
  if (network?.isolate !== true || to.at?.network.name !== network.name) return undefined;
  return { allowed: false, because: `${network.name} keeps its containers from each other`, where: network.where };
}

/** What `key` of `owner` says of a flow with `other`; undefined where it lets it pass, or is not written. */
function limit(owner: Party, other: Party, key: 'allow-in' | 'allow-out', flow: Flow): Verdict | undefined {
  const container = owner.at?.container;
  const entries = key === 'allow-in' ? container?.allowIn : container?.allowOut;
  if (container === undefined || entries === undefined) return undefined;
  if (entries.some((entry) => covers(entry, owner, other, flow))) return undefined;
  const where = entries[0]?.where ?? container.where;
  return { allowed: false, because: `${key} of ${container.name} does not name ${other.label} with that`, where };
}

function covers(entry: Allowance, owner: Party, other: Party, flow: Flow): boolean {
  return coversService(entry, flow) && coversPeer(entry, owner, other, flow.family);
}

function coversService({ protocol, ports }: Allowance, flow: Flow): boolean {
  if (protocol === undefined) return true;
  if (protocol !== flow.protocol) return false;
  return ports === undefined || (flow.port !== undefined && flow.port >= ports.first && flow.port <= ports.last);
}

function coversPeer({ target }: Allowance, owner: Party, other: Party, family: 4 | 6): boolean {
  switch (target.kind) {
    case 'any':
      // Whoever is not let out at all must say so by name.
      return !(isOutside(other) && isApart(owner, other));
    case 'host':
      return other.kind === 'host';
    case 'outside':
      return isOutside(other);
    case 'container':
      return other.at?.container.name === target.name;
    case 'network':
      return other.networks.has(target.name);
    case 'prefix':
      return target.family === family && other.addresses.some((address) => isIn(target.prefix, address));
  }
}

/** Who is neither the host nor a container, nor on a bridge that is the host's alone. */
function isOutside({ kind, network }: Party): boolean {
  return kind === 'outside' && (network === undefined || !isInner(network));
}

/** Whether `owner` is in a closed network, and `other` not on its bridge. */
function isApart({ at }: Party, other: Party): boolean {
  return at !== undefined && isClosed(at.network) && other.network?.name !== at.network.name;
}

function isIn(prefix: string, address: string): boolean {
  const [whole, ip] = [parsePrefix(prefix), parseIp(address)];
  return whole !== undefined && ip !== undefined && contains(whole, ip);
}

/** A closed network is not left for the outside, unless allow-out says that it is. */
function closed(from: Party, to: Party, flow: Flow): Verdict | undefined {
  if (!isOutside(to) || from.at === undefined || !isApart(from, to)) return undefined;
  if (from.at.container.allowOut?.some((entry) => covers(entry, from, to, flow)) === true) return undefined;
  const { network } = from.at;
  return { allowed: false, because: `${network.name} has no way out (nat = no)`, where: network.where };
}

/** Where `allow-in` is not written, an inner network is entered by the host and by its own containers. */
function inner(from: Party, to: Party): Verdict | undefined {
  if (to.at === undefined || !isInner(to.at.network) || to.at.container.allowIn !== undefined) return undefined;
  if (from.kind === 'host' || from.network?.name === to.at.network.name) return undefined;
  const { network } = to.at;
  return {
    allowed: false,
    because: `only the host and ${network.name} itself get into ${network.name}`,
    where: network.where,
  };
}
