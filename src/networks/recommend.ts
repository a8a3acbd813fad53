import type { HostModel, NetworkModel } from '../resolve/model.ts';
import { formKeys, inForm } from './forms.ts';
import { networkTypes, typeOf } from './index.ts';
import { membersOf, needsOf } from './needs.ts';
import type { Form, Held, KernelOption, NetworkType, Reach } from './types.ts';

/** What fits a network's declarations best. */
export interface Recommendation {
  /** The type that it has does what is declared, and costs nothing that another would spare. */
  readonly keep: boolean;
  readonly type: string;
  /** The keys that make the type what is recommended, beside `type`. */
  readonly keys: Readonly<Record<string, string>>;
  /** One sentence without its full stop. */
  readonly reason: string;
  /** What would have to change, a line each; none when it is kept. */
  readonly changes: readonly string[];
}

/** Whether the kernel has what a type needs; what is not known counts as there. */
export type KernelHas = (option: KernelOption) => boolean;

/** Something that a network does not do: what it is, and what another network does instead. Both are parts of a sentence. */
interface Failure {
  readonly wrong: string;
  readonly right: string;
}

interface Candidate {
  readonly type: NetworkType;
  readonly keys: Readonly<Record<string, string>>;
  readonly network: NetworkModel;
  readonly failures: readonly Failure[];
  readonly isPromiscuous: boolean;
}

/** The card that a network uses or would use. */
function cardOf(model: HostModel, network: NetworkModel): string {
  return network.parent ?? network.ports[0] ?? model.host.uplinks[0] ?? 'eth0';
}

export function recommend(model: HostModel, network: NetworkModel, has: KernelHas = () => true): Recommendation {
  const card = cardOf(model, network);
  const current = candidate(model, network, typeOf(network), network, {}, has);
  const noise: Failure = {
    wrong: `${card} takes in every frame on its wire`,
    right: 'no card takes in more than what is for it',
  };
  const [failure] = current.isPromiscuous ? [...current.failures, noise] : current.failures;
  if (failure === undefined) {
    return { keep: true, type: network.type, keys: {}, reason: keeping(model, network), changes: [] };
  }
  const others = networkTypes.flatMap((type) =>
    type.forms.map((form) =>
      candidate(model, network, type, inForm(network, type, form, card), formKeys(form, card), has),
    ),
  );
  const best = [current, ...others].reduce((one, other) => (isBetter(other, one, current) ? other : one));
  if (best === current) {
    const reason = `${failure.wrong}, but no other type does better`;
    return { keep: true, type: network.type, keys: {}, reason, changes: [] };
  }
  const label = [best.type.name, ...Object.entries(best.keys).map(([key, value]) => `${key} = ${value}`)].join(', ');
  return {
    keep: false,
    type: best.type.name,
    keys: best.keys,
    reason: `${failure.wrong}; with ${label}, ${failure.right}`,
    changes: changes(model, network, best, card),
  };
}

function keeping(model: HostModel, network: NetworkModel): string {
  const needs = needsOf(model, network);
  const { sources } = typeOf(network).holds(network);
  const does = needs.length === 0 ? 'nothing is declared that it does not do' : 'it does all that is declared';
  if (sources === 'all') return `${does}, and can hold every check`;
  return sources === 'wire'
    ? `${does}; what its containers send each other passes no check`
    : `${does}; nothing that its containers send can be checked`;
}

function candidate(
  model: HostModel,
  declared: NetworkModel,
  type: NetworkType,
  network: NetworkModel,
  keys: Form,
  has: KernelHas,
): Candidate {
  const lacking = type.kernelOptions.filter(({ when }) => when?.(network) ?? true).filter((option) => !has(option));
  const fatal = lacking.filter(({ optional }) => optional !== true);
  const members = membersOf(model, declared);
  const failures = [
    ...fatal.map(({ name }) => ({ wrong: `this kernel has no ${name}`, right: 'this kernel can do it' })),
    ...unmet(model, declared, type, network),
    ...unheld(declared, type, network, members),
    ...((type.most?.(network) ?? members.length) < members.length
      ? [{ wrong: `it has no room for ${members.length} containers`, right: 'there is room for them' }]
      : []),
  ];
  // A quiet bridge needs something of the kernel; without it the bridge works, and is not quiet.
  const isPromiscuous = type.promiscuous(network) === true || lacking.length > fatal.length;
  return { type, keys, network, failures, isPromiscuous };
}

const ends: Readonly<Record<keyof Reach, Failure>> = {
  containers: { wrong: 'and its containers do not reach each other', right: 'they reach each other' },
  toHost: { wrong: 'and nothing in it reaches the host', right: 'the host is reached' },
  fromHost: { wrong: 'and the host reaches nothing in it', right: 'the host reaches them' },
  toOutside: { wrong: 'and nothing gets out of it', right: 'they get out' },
  fromOutside: { wrong: 'and nobody outside gets in', right: 'those outside get in' },
};

/** What is declared to reach something, and does not. One of each kind. */
function unmet(model: HostModel, declared: NetworkModel, type: NetworkType, network: NetworkModel): readonly Failure[] {
  const missing = needsOf(model, declared).filter(({ reach }) => !reachOf(type, network)[reach]);
  const kinds = new Map(missing.toReversed().map((need) => [need.reach, need]));
  return [...kinds.values()].map(({ reach, because }) => ({
    wrong: `${because}, ${ends[reach].wrong}`,
    right: ends[reach].right,
  }));
}

/** In every family that it has addresses of. */
export function reachOf(type: NetworkType, network: NetworkModel): Reach {
  const four = type.reach(network, 4);
  const six = type.reach(network, 6);
  if (network.prefix6 === undefined) return four;
  if (network.prefix4 === undefined) return six;
  return {
    containers: four.containers && six.containers,
    toHost: four.toHost && six.toHost,
    fromHost: four.fromHost && six.fromHost,
    toOutside: four.toOutside && six.toOutside,
    fromOutside: four.fromOutside && six.fromOutside,
  };
}

/** What is declared to be kept from somebody, or served, and cannot be. */
function unheld(
  declared: NetworkModel,
  type: NetworkType,
  network: NetworkModel,
  members: ReturnType<typeof membersOf>,
): readonly Failure[] {
  const limited = members.find(({ container }) => container.allowIn !== undefined || container.allowOut !== undefined);
  const { policy } = type.holds(network);
  const { containers } = reachOf(type, network);
  const isOpen = policy === 'nothing' || (policy === 'wire' && containers && members.length > 1);
  return [
    ...(limited !== undefined && isOpen
      ? [
          {
            wrong: `what ${limited.container.name} allows cannot be held against all`,
            right: 'it is held against everybody',
          },
        ]
      : []),
    ...(declared.isolate && containers
      ? [{ wrong: 'its containers cannot be kept from each other', right: 'they are kept from each other' }]
      : []),
    ...(declared.dhcp && (!network.dhcp || type.isOnWire(network))
      ? [{ wrong: 'dnsmasq cannot serve it', right: 'dnsmasq serves it' }]
      : []),
  ];
}

const heldRank: Readonly<Record<Held, number>> = { all: 0, wire: 1, nothing: 2 };

const directions = ['containers', 'toHost', 'fromHost', 'toOutside', 'fromOutside'] as const;

/** What a candidate is judged by, the weightiest first; less is better. */
function weights(one: Candidate, current: Candidate): readonly number[] {
  const reach = reachOf(one.type, one.network);
  const before = reachOf(current.type, current.network);
  return [
    one.failures.length,
    Number(one.isPromiscuous),
    // Whatever is reached now may be relied upon without being declared.
    directions.filter((direction) => before[direction] && !reach[direction]).length,
    effort(one, current),
    directions.filter((direction) => !before[direction] && reach[direction]).length,
  ];
}

/** Other addresses, and checks that hold no more, weigh more than another word for the type. */
function effort(one: Candidate, current: Candidate): number {
  const [held, before] = [one, current].map(({ type, network }) => heldRank[type.holds(network).sources]);
  const isMoved = one.type.isOnWire(one.network) !== current.type.isOnWire(current.network);
  return Number(one.type !== current.type) + 2 * Number(isMoved) + 2 * Math.max(0, (held ?? 0) - (before ?? 0));
}

function isBetter(one: Candidate, other: Candidate, current: Candidate): boolean {
  const others = weights(other, current);
  const at = weights(one, current).map((weight, index) => weight - (others[index] ?? 0));
  return (at.find((difference) => difference !== 0) ?? 0) < 0;
}

function changes(model: HostModel, network: NetworkModel, best: Candidate, card: string): readonly string[] {
  const { type, keys } = best;
  const old = typeOf(network);
  const written = Object.entries(keys).filter(([key, value]) => writtenKeys(network)[key] !== value);
  const dropped = Object.keys(writtenKeys(network)).filter(
    (key) => keys[key] === undefined && (formKeyNames.has(key) || !type.keys.includes(key)),
  );
  return [
    ...(type === old ? [] : [`write type = ${type.name}`]),
    ...written.map(([key, value]) => `write ${key} = ${value}`),
    ...(network.link === undefined && best.network.link !== undefined
      ? ["write the host's own address in it: ipv4 = ADDRESS/LENGTH"]
      : []),
    ...(dropped.length === 0 ? [] : [`leave out ${dropped.join(', ')}`]),
    ...(network.ports.length > 0 && best.network.ports.length === 0
      ? [`give ${network.ports.join(', ')} the address back that the bridge has`]
      : []),
    ...addressChange(model, old.isOnWire(network), best, card),
  ];
}

/** Keys that make forms: one that is in none of the recommended form goes. */
const formKeyNames = new Set(networkTypes.flatMap(({ forms }) => forms.flatMap((form) => Object.keys(form))));

/** What the description has of keys that other types do not take, as far as the model shows. */
function writtenKeys(network: NetworkModel): Readonly<Record<string, string>> {
  const { nat, ports, quiet, hostAccess, isolate, dhcp, mode, gatewayIsOutside } = network;
  const isDefaultMode = mode === undefined || mode === typeOf(network).modes?.[0];
  return {
    ...(nat ? { nat: 'yes' } : {}),
    ...(ports.length === 0 ? {} : { ports: ports.join(', ') }),
    ...(ports.length === 0 || quiet ? {} : { promiscuous: 'yes' }),
    ...(hostAccess ? { 'host-access': 'yes' } : {}),
    ...(isolate ? { isolate: 'yes' } : {}),
    ...(dhcp ? { dhcp: 'yes' } : {}),
    ...(isDefaultMode ? {} : { mode }),
    ...(gatewayIsOutside ? { gateway: '' } : {}),
  };
}

function addressChange(
  { host }: HostModel,
  wasOnWire: boolean,
  { type, network }: Candidate,
  card: string,
): readonly string[] {
  const isOnWire = type.isOnWire(network);
  if (isOnWire === wasOnWire) return [];
  if (isOnWire)
    return [`give its containers addresses of the network that ${card} is in, and write gateway = its router`];
  if (type.hostRoutes !== true) return ['give its containers addresses of a network of their own'];
  return [
    `its containers keep their addresses: the host answers for them on ${card}`,
    ...(host.uplinks.includes(card) ? [] : [`add ${card} to uplink in [host], so that it does`]),
    'broadcasts and multicasts reach them no more',
  ];
}
