import { typeOf } from '../../networks/index.ts';
import type { Reach } from '../../networks/types.ts';
import type { ContainerModel, HostModel, NetworkModel, NicModel } from '../../resolve/model.ts';
import type { Flow } from '../../resolve/policy.ts';
import { condition, isGateway, isHostIn, parted } from './conditions.ts';
import type { Condition } from './conditions.ts';
import type { Party, Target } from './parties.ts';
import { neighbourInterface } from './raise.ts';
import { isIn } from './world.ts';
import type { Segment, World } from './world.ts';

/** One address of a party, tried from another party. */
export interface Way {
  readonly from: Party;
  readonly to: Party;
  readonly target: Target;
  /** As a probe takes it: a link-local one with its interface. */
  readonly address: string;
  /** All must hold, as far as networks go. */
  readonly conditions: readonly Condition[];
  /** What the types say that the policy has the last word on: what is forwarded into and out of an inner bridge. */
  readonly forwarded?: readonly Condition[];
  /** Why there is none at all, whatever the networks are. */
  readonly noWay?: string;
  /** Why nothing is promised of it. */
  readonly free?: string;
  /** Who meets whom, for the policy. */
  readonly ends: Pick<Flow, 'from' | 'to'>;
}

type Found = Pick<Way, 'conditions' | 'forwarded' | 'noWay' | 'free'> & {
  readonly dev?: string;
  readonly network?: string;
};

/** All that a description and what is around it say of who reaches whom, and how. */
export class Routes {
  readonly #model: HostModel;
  readonly #world: World;
  readonly #hostLinks: ReadonlySet<string>;
  readonly #segmentOf: ReadonlyMap<string, Segment>;

  /** `hostLinks`: the interfaces that the host has. */
  constructor(model: HostModel, world: World, hostLinks: ReadonlySet<string>) {
    this.#model = model;
    this.#world = world;
    this.#hostLinks = hostLinks;
    this.#segmentOf = new Map(world.segments.flatMap((segment) => segment.networks.map((name) => [name, segment])));
  }

  /** From everybody to everybody; what goes on between machines outside is none of ours. */
  ways(parties: readonly Party[], targets: ReadonlyMap<string, readonly Target[]>): readonly Way[] {
    return parties.flatMap((from) =>
      parties.flatMap((to) => {
        if (from === to || (isOutside(from) && isOutside(to))) return [];
        return (targets.get(to.name) ?? []).flatMap((target) => this.#way(from, to, target, targets));
      }),
    );
  }

  #way(from: Party, to: Party, target: Target, targets: ReadonlyMap<string, readonly Target[]>): readonly Way[] {
    const found = this.#find(from, to, target, targets.get(from.name) ?? []);
    const complete = ({ dev, network, ...rest }: Found): Way => {
      const own = from.side === 'container' ? network : undefined;
      return {
        from,
        to,
        target,
        address: dev === undefined ? target.address : `${target.address}%${dev}`,
        ...rest,
        ends: {
          from: this.#end(from, own, target, targets.get(from.name) ?? []),
          to: this.#end(to, target.network?.name, target, [target], own),
        },
      };
    };
    return found.map(complete);
  }

  /** `other`: the network that the other end sends from, where a machine outside is on its wire. */
  #end(party: Party, network: string | undefined, met: Target, own: readonly Target[], other?: string): Flow['from'] {
    if (party.side === 'container')
      return { kind: 'container', name: party.name, ...(network === undefined ? {} : { network }) };
    if (party.side === 'host') return { kind: 'host' };
    const wire = other ?? met.network?.name;
    const isBeside = wire !== undefined && this.#isOn(party, wire);
    const address = own.find(({ family, isLocal }) => family === met.family && isLocal === met.isLocal)?.address;
    return {
      kind: 'outside',
      ...(address === undefined ? {} : { address }),
      ...(isBeside ? { network: wire } : {}),
    };
  }

  #find(from: Party, to: Party, target: Target, own: readonly Target[]): readonly Found[] {
    if (from.side === 'container') {
      const container = this.#model.containerByName.get(from.name);
      if (container === undefined) return [];
      if (container.nics.some((nic) => this.#isHosts(nic))) return this.#fromHost(to, target);
      return target.isLocal ? this.#localFrom(container, to, target) : [this.#routed(container, to, target)];
    }
    const found = from.side === 'host' ? this.#fromHost(to, target) : this.#fromOutside(from, to, target);
    return found.map((each) => Object.assign({}, each, this.#back(from, target, own)));
  }

  /** Whether an interface is the host's own network. */
  #isHosts(nic: NicModel): boolean {
    const network = this.#model.networkByName.get(nic.network);
    if (network === undefined) return false;
    const type = typeOf(network);
    return type.attachment(network, nic).kind === 'none' && type.reach(network, 4).toHost;
  }

  #localFrom(container: ContainerModel, to: Party, target: Target): readonly Found[] {
    return container.nics.flatMap((nic): readonly Found[] => {
      const network = this.#model.networkByName.get(nic.network);
      if (network === undefined) return [];
      const dev = nic.name;
      const at = { dev, network: network.name };
      if (target.nic !== undefined)
        return target.network?.name === network.name && typeOf(network).hostRoutes !== true
          ? [{ ...at, conditions: [condition(network, 6, 'containers')] }]
          : [];
      if (target.network !== undefined)
        return target.network.name === network.name ? [{ ...at, conditions: [condition(network, 6, 'toHost')] }] : [];
      const isOn = target.segment?.networks.includes(network.name) === true;
      // Where the host has an interface of its own in the network, its card answers to nobody there.
      if (to.side === 'host' && network.link !== undefined) return [];
      return isOn ? [{ ...at, conditions: [condition(network, 6, to.side === 'host' ? 'toHost' : 'toOutside')] }] : [];
    });
  }

  /** The interface that a container sends by, and whether that is to someone on its own link. */
  #exit({ nics }: ContainerModel, address: string): { readonly nic: NicModel; readonly isDirect: boolean } | undefined {
    const family = address.includes(':') ? 6 : 4;
    const direct = nics.find((nic) => {
      const own = family === 4 ? nic.ipv4 : nic.ipv6;
      return own !== undefined && isIn(`${own.address}/${String(own.length)}`, address);
    });
    if (direct !== undefined) return { nic: direct, isDirect: true };
    const nic = nics.find((each) => (family === 4 ? each.gateway4 : each.gateway6) !== undefined);
    return nic === undefined ? undefined : { nic, isDirect: false };
  }

  #routed(container: ContainerModel, to: Party, target: Target): Found {
    const exit = this.#exit(container, target.address);
    const network = this.#model.networkByName.get((exit?.nic ?? container.nics[0])?.network ?? '');
    if (exit === undefined || network === undefined) return this.#nowhere(container, to, target, network);
    const found = { network: network.name, ...parted(this.#conditions(network, exit.isDirect, to, target)) };
    if (exit.isDirect && to.side === 'host' && network.link !== undefined && target.network?.name !== network.name)
      return { ...found, free: 'the host has an interface of its own in the network' };
    const source = target.family === 4 ? exit.nic.ipv4?.address : exit.nic.ipv6?.address;
    return { ...found, ...this.#answered(target, source) };
  }

  /** A container without an interface is where its network says that it is. */
  #nowhere(container: ContainerModel, to: Party, target: Target, network: NetworkModel | undefined): Found {
    const noWay = `${container.name} has no route there`;
    if (network === undefined || container.nics.length !== 1) return { conditions: [], noWay };
    const key = to.side === 'host' ? 'toHost' : to.side === 'container' ? 'containers' : 'toOutside';
    const reach = condition(network, target.family, key);
    return { network: network.name, conditions: reach.holds ? [] : [reach], noWay };
  }

  #conditions(network: NetworkModel, isDirect: boolean, to: Party, target: Target): readonly Condition[] {
    const { family } = target;
    const own = (key: keyof Reach): Condition => condition(network, family, key);
    const isHere = target.network?.name === network.name;
    if (to.side === 'container') {
      if (isHere || target.network === undefined) return [own('containers')];
      const other = (key: keyof Reach): Condition[] => (target.network ? [condition(target.network, family, key)] : []);
      if (isDirect || !isGateway(network, family)) return [own('toOutside'), ...other('fromOutside')];
      if (isHostIn(target.network, family)) return [own('toHost'), ...other('fromHost')];
      return [own('toOutside'), ...other('fromOutside')];
    }
    if (to.side !== 'host') return [own('toOutside')];
    return isDirect || isGateway(network, family) ? [own('toHost')] : [own('toOutside')];
  }

  #fromHost(to: Party, target: Target): readonly Found[] {
    const { network, nic, segment } = target;
    if (to.side !== 'container' || network === undefined || nic === undefined) {
      if (!target.isLocal) return this.#hasWayOut(target) ? [{ conditions: [] }] : [];
      const dev = this.#isUplink(segment) ? this.#hostDevice(segment) : undefined;
      return dev === undefined ? [] : [{ dev, conditions: [] }];
    }
    const wire = this.#segmentOf.get(network.name);
    const direct = [condition(network, target.family, 'fromHost')];
    if (target.isLocal) {
      const own = network.link ?? nic.hostName ?? (wire && this.#hostDevice(wire));
      return own === undefined ? [] : [{ dev: own, conditions: direct }];
    }
    if (isHostIn(network, target.family)) return [{ conditions: direct }];
    if (wire === undefined) {
      // What hangs on a card is met by way of the router outside, which has the route back through the host.
      if (this.#hangsOnCard(network) && this.#hasWayOut(target)) return [{ conditions: direct }];
      return [{ conditions: [], noWay: `the host has no route to ${target.address}` }];
    }
    const isDirect = wire.host.some((address) => isIn(address, target.address));
    return [{ conditions: isDirect ? direct : [condition(network, target.family, 'fromOutside')] }];
  }

  #hangsOnCard({ name }: NetworkModel): boolean {
    return this.#world.segments.some(({ users }) => users.includes(name));
  }

  /** Whether the host has a default route of the family. */
  #hasWayOut({ family }: Target): boolean {
    const isOurs = (address: string | undefined): boolean => address?.includes(':') === (family === 6);
    const outside = this.#model.networks.filter(({ link, gatewayIsOutside }) => link !== undefined && gatewayIsOutside);
    return [
      ...this.#world.gateways.map(({ address }) => address),
      ...outside.flatMap(({ gateway4, gateway6 }) => [gateway4, gateway6]),
    ].some((address) => isOurs(address));
  }

  /** Whether the host speaks for itself on a wire: any other card may be its containers' alone. */
  #isUplink(segment: Segment | undefined): segment is Segment {
    return segment?.hostInterface !== undefined && this.#model.host.uplinks.includes(segment.hostInterface);
  }

  /** The host's interface on a wire: its card, or the bridge that has it. */
  #hostDevice({ hostInterface }: Segment): string | undefined {
    if (hostInterface === undefined) return undefined;
    const bridge = this.#model.networks.find(({ ports }) => ports.includes(hostInterface));
    const name = bridge?.link ?? hostInterface;
    // A container may have got the card.
    return this.#hostLinks.has(name) ? name : undefined;
  }

  #fromOutside(from: Party, to: Party, target: Target): readonly Found[] {
    const { network } = target;
    const segment = target.segment ?? (network && this.#segmentOf.get(network.name));
    if (target.isLocal) {
      const dev = segment === undefined ? undefined : deviceOf(from, segment);
      if (dev === undefined || (to.side === 'host' && !this.#isUplink(segment))) return [];
      return [{ dev, conditions: network && to.side === 'container' ? [condition(network, 6, 'fromOutside')] : [] }];
    }
    if (to.side === 'host') return segment !== undefined && this.#hasWayOut(target) ? [{ conditions: [] }] : [];
    if (network === undefined) return [];
    return [parted([condition(network, target.family, 'fromOutside')])];
  }

  /** Whether what comes from host or outside to a container is answered by the interface that it came to. */
  #back(from: Party, target: Target, own: readonly Target[]): Pick<Way, 'free' | 'noWay'> {
    const { network } = target;
    if (target.isLocal) return {};
    if (network === undefined) {
      const has = own.some(({ family, isLocal }) => family === target.family && !isLocal);
      return has ? {} : { noWay: `${from.name} has no IPv${String(target.family)} address` };
    }
    const global = own.filter(({ family, isLocal }) => family === target.family && !isLocal);
    const prefix = target.family === 4 ? network.prefix4 : network.prefix6;
    const beside = global.find(({ address, segment, network: its }) => {
      const isThere = from.side === 'host' ? its?.name === network.name : segment?.networks.includes(network.name);
      return isThere === true && prefix !== undefined && isIn(prefix, address);
    });
    const source = beside ?? global[0];
    if (source === undefined) return { noWay: `${from.name} has no IPv${String(target.family)} address` };
    return this.#answered(target, source.address);
  }

  #answered(target: Target, source: string | undefined): Pick<Way, 'free' | 'noWay'> {
    const container = this.#model.containers.find(({ nics }) => target.nic !== undefined && nics.includes(target.nic));
    if (container === undefined || source === undefined) return {};
    const exit = this.#exit(container, source);
    if (exit === undefined) return { noWay: `${container.name} has no route back` };
    return exit.nic === target.nic ? {} : { free: 'answers go another way' };
  }

  #isOn(party: Party, network: string): boolean {
    const segment = this.#segmentOf.get(network);
    if (segment === undefined) return false;
    return party.side === 'router' || party.segment === segment;
  }

  get world(): World {
    return this.#world;
  }
}

export function isOutside({ side }: Party): boolean {
  return side !== 'container' && side !== 'host';
}

function deviceOf(party: Party, segment: Segment): string | undefined {
  if (party.side === 'router') return segment.name;
  return party.segment === segment ? neighbourInterface(segment) : undefined;
}
