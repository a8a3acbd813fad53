import type { HostModel, NicModel, NetworkModel } from '../../resolve/model.ts';
import { networkTypes, typeOf } from '../../networks/index.ts';
import type { Place } from '../endpoint.ts';
import type { EndpointState } from '../state.ts';
import { clientNamespace, neighbourInterface, routerNamespace } from './raise.ts';
import { addressOf } from './world.ts';
import type { Segment, World } from './world.ts';

export type Side = 'container' | 'host' | 'router' | 'neighbour' | 'client';

/** Everybody who sends and is sent to. */
export interface Party {
  /** Unique: a container's name, `host`, `router`, `client`, `lan`, `lan-eth1`. */
  readonly name: string;
  readonly side: Side;
  readonly place: Place;
  /** Of a neighbour. */
  readonly segment?: Segment;
}

/** Somewhere to send to. */
export interface Target {
  readonly family: 4 | 6;
  readonly address: string;
  /** On one link alone: fe80::/10. */
  readonly isLocal: boolean;
  /** The interface of a container, with its network; or the network that the host has the address in. */
  readonly nic?: NicModel;
  readonly network?: NetworkModel;
  /** The segment that it is in, where it is outside or on a card of the host's. */
  readonly segment?: Segment;
}

/** The parties, the host first, then containers in the order of the description, then the outside. */
export function partiesOf(model: HostModel, world: World, inits: ReadonlyMap<string, number>): readonly Party[] {
  const containers = model.containers.flatMap(({ name, userNamespace }): Party[] => {
    const pid = inits.get(name);
    // In the host's own network root of another user namespace has no rights: it listens as the host does.
    return pid === undefined ? [] : [{ name, side: 'container', place: { pid, root: userNamespace } }];
  });
  const neighbours = world.segments.map((segment): Party => ({
    name: segment.neighbourName,
    side: 'neighbour',
    place: { namespace: segment.name },
    segment,
  }));
  return unique([
    { name: 'host', side: 'host', place: 'host' },
    ...containers,
    ...neighbours,
    // Without a card nothing is outside.
    ...(world.segments.length === 0 ? [] : outside),
  ]);
}

const outside: readonly Party[] = [
  { name: 'router', side: 'router', place: { namespace: routerNamespace } },
  { name: 'client', side: 'client', place: { namespace: clientNamespace } },
];

/** A container may be called `router`. */
function unique(parties: readonly Party[]): readonly Party[] {
  const taken = new Set(parties.filter(({ side }) => side === 'container').map(({ name }) => name));
  return parties.map((party) =>
    party.side !== 'container' && taken.has(party.name) ? { ...party, name: `(${party.name})` } : party,
  );
}

/** What the kernels of host and outside say of their interfaces, by party. */
export type States = ReadonlyMap<string, EndpointState>;

/** The addresses at which each party is tried, by its name. */
export function targetsOf(
  model: HostModel,
  world: World,
  parties: readonly Party[],
  states: States,
): ReadonlyMap<string, readonly Target[]> {
  return new Map(parties.map((party) => [party.name, targets(model, world, party, states.get(party.name))]));
}

function targets(model: HostModel, world: World, party: Party, state: EndpointState | undefined): readonly Target[] {
  switch (party.side) {
    case 'container':
      return containerTargets(model, party.name, state);
    case 'host':
      return [...hostTargets(model, state), ...cardTargets(model, world, state)];
    case 'neighbour': {
      const { segment } = party;
      if (segment === undefined) return [];
      return [
        ...segment.neighbour.map((address) => target(addressOf(address), { segment })),
        ...localOf(state, neighbourInterface(segment)).map((address) => target(address, { segment })),
      ];
    }
    case 'router':
      return world.segments.flatMap((segment) => [
        ...segment.router.map((address) => target(addressOf(address), { segment })),
        ...localOf(state, segment.name).map((address) => target(address, { segment })),
      ]);
    case 'client':
      return world.transit.map(({ client }) => target(addressOf(client), {}));
  }
}

type Where = Pick<Target, 'nic' | 'network' | 'segment'>;

function target(address: string, where: Where): Target {
  return { family: address.includes(':') ? 6 : 4, address, isLocal: address.startsWith('fe80:'), ...where };
}

function containerTargets(
  { containerByName, networkByName }: HostModel,
  name: string,
  state: EndpointState | undefined,
): readonly Target[] {
  const nics = containerByName.get(name)?.nics ?? [];
  return nics.flatMap((nic) => {
    const network = networkByName.get(nic.network);
    // A network that gives its containers no interface gives them no address.
    if (network === undefined || !typeOf(network).keys.includes('ipv4')) return [];
    const addresses = [nic.ipv4?.address, nic.ipv6?.address].filter((address) => address !== undefined);
    return [...addresses, ...localOf(state, nic.name)].map((address) => target(address, { nic, network }));
  });
}

/** The host in the networks that it is in. */
function hostTargets({ networks }: HostModel, state: EndpointState | undefined): readonly Target[] {
  return networks.flatMap((network) => {
    const own = [network.ipv4?.address, network.ipv6?.address].filter((address) => address !== undefined);
    const local = network.link === undefined ? [] : localOf(state, network.link);
    const gateways = typeOf(network).gateways;
    return [...own, ...local, ...(gateways === undefined ? [] : [gateways.six])].map((address) =>
      target(address, { network }),
    );
  });
}

/** The host on its cards. */
function cardTargets(
  { networks }: HostModel,
  { segments }: World,
  state: EndpointState | undefined,
): readonly Target[] {
  const known = new Set(networks.flatMap(({ ipv4, ipv6 }) => [ipv4?.address, ipv6?.address]));
  return segments.flatMap((segment) => {
    const { host, hostInterface } = segment;
    const isPort = networks.some(({ ports }) => hostInterface !== undefined && ports.includes(hostInterface));
    const local = hostInterface === undefined || isPort ? [] : localOf(state, hostInterface);
    const global = host.map(addressOf).filter((address) => !known.has(address));
    return [...global, ...local].map((address) => target(address, { segment }));
  });
}

/** The link-local address that an interface has of its hardware address. */
function localOf(state: EndpointState | undefined, name: string): readonly string[] {
  const shared = new Set(networkTypes.flatMap(({ gateways }) => gateways?.six ?? []));
  const link = state?.links.find(({ ifname }) => ifname === name);
  const local = link?.addr_info.find(({ local: address, scope }) => scope === 'link' && !shared.has(address));
  return local === undefined || local.family !== 'inet6' ? [] : [local.local];
}
