import { setTimeout } from 'node:timers/promises';
import { problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import { groupBy } from '../../base/group.ts';
import { typeOf } from '../../networks/index.ts';
import type { ContainerModel, HostModel, NetworkModel, NicModel } from '../../resolve/model.ts';
import type { Endpoint } from '../endpoint.ts';
import { slowness } from '../machine.ts';
import { arsenal } from './arsenal.ts';
import type { Assault, Prey } from './arsenal.ts';
import { believedByHost } from './believed.ts';
import type { Party, States } from './parties.ts';
import type { PlaceOf } from './promise.ts';
import { shortList } from './words.ts';
import { neighbourInterface } from './raise.ts';
import type { AttackRow } from './report.ts';
import { addressOf } from './world.ts';
import type { Segment, World } from './world.ts';

/** For the last frames to arrive, before the watchers are asked. */
const arriveMs = 300;

export interface Field {
  readonly model: HostModel;
  readonly world: World;
  readonly parties: readonly Party[];
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly states: States;
  readonly place: PlaceOf;
}

interface Planned {
  readonly container: ContainerModel;
  readonly network: NetworkModel;
  readonly nic: NicModel;
  readonly assault: Assault;
}

/** Someone who watches an interface, and in which network he is. */
interface Watcher {
  readonly party: string;
  readonly interface: string;
  /** A container's; absent for who is beside or behind the host, and the host itself. */
  readonly network: string | undefined;
  readonly watch: Awaited<ReturnType<Endpoint['sniff']>>;
}

/** Root in each container tries everything, all at once; everybody else watches what arrives. */
export async function assaultAll(
  field: Field,
): Promise<{ readonly rows: readonly AttackRow[]; readonly problems: readonly Problem[] }> {
  const planned = plan(field);
  const watchers = await watchAll(field);
  const sent = new Map<Assault, number>();
  await Promise.all(
    Array.from(
      groupBy(planned, ({ container }) => container.name),
      async ([name, own]) => {
        const reports = await field.endpoints.get(name)?.attack(own.flatMap(({ assault }) => assault.attacks));
        let at = 0;
        for (const { assault } of own) {
          const part = reports?.slice(at, (at += assault.attacks.length)) ?? [];
          sent.set(
            assault,
            part.reduce((sum, report) => sum + report.sent, 0),
          );
        }
      },
    ),
  );
  await setTimeout(arriveMs * slowness());
  const seen = await Promise.all(
    watchers.map(async ({ watch, party, network }): Promise<Watched> => {
      const { markers } = await watch.stop();
      return { party, network, markers: new Set(Object.keys(markers)) };
    }),
  );
  const believed = await believedByHost(field);
  const rows = planned.map((each) => row(each, seen, believed, sent.get(each.assault) ?? 0));
  return { rows, problems: problemsOf(field, planned, rows) };
}

/** What a watcher has seen. */
interface Watched extends Pick<Watcher, 'party' | 'network'> {
  readonly markers: ReadonlySet<string>;
}

function row(
  { container, network, assault, nic }: Planned,
  watched: readonly Watched[],
  believed: ReadonlyMap<string, ReadonlySet<string>>,
  sent: number,
): AttackRow {
  const { sources } = typeOf(network).holds(network);
  // What stays within one card's driver passes nobody who could hold it.
  const counts = (other: Watched): boolean =>
    other.party !== container.name &&
    (assault.end === undefined || other.party === assault.end) &&
    (sources !== 'wire' || other.network !== network.name);
  const reached = watched.filter(
    (other) => counts(other) && assault.attacks.some(({ marker }) => other.markers.has(marker)),
  );
  const isBelieved = sources !== 'wire' && believed.get(`${container.name}\n${nic.name}`)?.has(assault.kind) === true;
  const host = isBelieved ? ['host'] : [];
  return {
    attack: assault.kind,
    container: container.name,
    interface: nic.name,
    reached: [...new Set([...reached.map(({ party }) => party), ...host])],
    held: container.spoofCheck && sources !== 'nothing',
    sent,
  };
}

/** One finding for all containers of a network that get through with the same. */
function problemsOf({ place }: Field, planned: readonly Planned[], rows: readonly AttackRow[]): readonly Problem[] {
  const broken = rows.flatMap((each, at) => {
    const network = planned[at]?.network;
    return each.held && each.reached.length > 0 && network !== undefined ? [{ ...each, network }] : [];
  });
  const byNic = [...groupBy(broken, ({ container, interface: name }) => `${container}\n${name}`).values()];
  const alike = groupBy(byNic, (own) => [own[0]?.network.name, ...own.map(({ attack }) => attack)].join('\n'));
  return [...alike.values()].flatMap((nics) => {
    const [first] = nics.flat();
    if (first === undefined) return [];
    const who = shortList([...new Set(nics.flat().map(({ container }) => container))]);
    const to = shortList([...new Set(nics.flat().flatMap(({ reached }) => reached))]);
    const kinds = [...new Set(nics.flat().map(({ attack }) => attack))].join(', ');
    return [
      problem('lab-attack', `${who}: root inside gets through to ${to} with: ${kinds}`, {
        where: place('network', first.network.name, 'type'),
        hint: `type ${first.network.type} is to hold what its containers send: is the host’s packet filter loaded?`,
      }),
    ];
  });
}

/** Every interface of every container, with everything that it may try. */
function plan({ model, world, states, parties }: Field): readonly Planned[] {
  let last = 0;
  const marker = (): string => `rc-lxc-${String((last += 1))}`;
  const running = new Set(parties.map(({ name }) => name));
  return model.containers
    .filter(({ name }) => running.has(name))
    .flatMap((container) =>
      container.nics.flatMap((nic): Planned[] => {
        const network = model.networkByName.get(nic.network);
        if (network === undefined || !typeOf(network).keys.includes('ipv4')) return [];
        const found = preyOf(model, world, states, container, network);
        const far = farOf(world);
        if (found === undefined) return [];
        const ground = { model, network, nic, prey: found, marker, ...(far === undefined ? {} : { far }) };
        return arsenal(ground).map((assault) => ({ container, network, nic, assault }));
      }),
    );
}

/** Another container of the network, else the host in it, else whoever is on its wire. */
function preyOf(
  model: HostModel,
  world: World,
  states: States,
  own: ContainerModel,
  network: NetworkModel,
): Prey | undefined {
  for (const { name, nics } of model.containers) {
    const nic = nics.find((each) => each.network === network.name);
    if (name === own.name || nic === undefined || typeOf(network).hostRoutes === true) continue;
    return prey(name, nic.mac, [nic.ipv4?.address, nic.ipv6?.address, nic.linkLocal]);
  }
  const segment = world.segments.find(({ users }) => users.includes(network.name));
  const nic = own.nics.find((each) => each.network === network.name);
  const [party, dev] =
    segment === undefined
      ? (['host', network.link ?? nic?.hostName ?? ''] as const)
      : ([segment.neighbourName, neighbourInterface(segment)] as const);
  const link = states.get(party)?.links.find(({ ifname }) => ifname === dev);
  if (link?.address === undefined) return undefined;
  return prey(
    party,
    link.address,
    link.addr_info.map(({ local }) => local),
  );
}

function prey(name: string, mac: string, addresses: readonly (string | undefined)[]): Prey {
  const known = addresses.filter((address) => address !== undefined);
  const ipv4 = known.find((address) => !address.includes(':'));
  const ipv6 = known.find((address) => address.includes(':') && !address.startsWith('fe80:'));
  const local = known.find((address) => address.startsWith('fe80:'));
  return {
    name,
    mac,
    ...(ipv4 === undefined ? {} : { ipv4 }),
    ...(ipv6 === undefined ? {} : { ipv6 }),
    ...(local === undefined ? {} : { local }),
  };
}

/** The client: nobody's neighbour. */
function farOf({ transit }: World): Prey {
  return prey(
    'client',
    '',
    transit.map(({ client }) => addressOf(client)),
  );
}

/** The host watches where frames have passed its bridges; at a veth or a card it would see what is dropped after. */
async function watchAll({ model, world, parties, endpoints, states }: Field): Promise<readonly Watcher[]> {
  const all = parties.flatMap((party) =>
    interfacesOf(model, world, party, states).map((its) => ({ party: party.name, its })),
  );
  const watchers = all.map(async ({ party, its }): Promise<Watcher[]> => {
    const endpoint = endpoints.get(party);
    if (endpoint === undefined) return [];
    const watch = await endpoint.sniff({ interface: its.interface, keep: 0 });
    return [{ party, interface: its.interface, network: its.network, watch }];
  });
  return (await Promise.all(watchers)).flat();
}

function interfacesOf(
  model: HostModel,
  world: World,
  party: Party,
  states: States,
): readonly { readonly interface: string; readonly network?: string }[] {
  const has = (name: string): boolean => states.get(party.name)?.links.some(({ ifname }) => ifname === name) === true;
  const there = (each: { readonly interface: string }): boolean => has(each.interface);
  switch (party.side) {
    case 'container':
      return (model.containerByName.get(party.name)?.nics ?? [])
        .map(({ name, network }) => ({ interface: name, network }))
        .filter(there);
    case 'host':
      return model.networks
        .flatMap(({ link, name }) => (link === undefined ? [] : [{ interface: link, network: name }]))
        .filter(there);
    case 'neighbour':
      return party.segment === undefined ? [] : [{ interface: neighbourInterface(party.segment) }].filter(there);
    case 'router':
      return world.segments.map(({ name }: Segment) => ({ interface: name })).filter(there);
    case 'client':
      return [{ interface: 'eth0' }].filter(there);
  }
}
