import { groupBy } from '../../base/group.ts';
import { typeOf } from '../../networks/index.ts';
import type { HostModel, NetworkModel } from '../../resolve/model.ts';
import { roomIn, textSize } from '../sizes.ts';
import { wrapped } from '../text.ts';
import type { Box, Line } from '../types.ts';
import { counted, nameRanges } from './names.ts';
import type { Ways } from './ways.ts';

/** A network, or many alike that are drawn as one; none where containers have no network at all. */
export interface Hub {
  readonly id: string;
  readonly networks: readonly NetworkModel[];
}

/** So many networks are drawn one by one. */
const most = 10;

/** What tells networks apart, the finest first. */
const keys: readonly ((network: NetworkModel) => string)[] = [
  ({ name }) => name,
  (network) => [kindOf(network), network.isolate, network.dhcp].join(' '),
  kindOf,
  ({ type }) => type,
];

function kindOf(network: NetworkModel): string {
  const { type, mode, nat, hostAccess, quiet } = network;
  return [type, mode, nat, hostAccess, quiet, typeOf(network).drawing(network).carrier].join(' ');
}

export function hubsOf(model: HostModel): readonly Hub[] {
  const grouped = keys.map((key) => Array.from(groupBy(model.networks, key).values()));
  const networks = grouped.find((groups) => groups.length <= most) ?? grouped.at(-1) ?? [];
  const hubs = networks.map((members): Hub => ({ id: `network ${members[0]?.name ?? ''}`, networks: members }));
  const isAlone = model.containers.some(({ nics }) => nics.length === 0);
  return isAlone ? [...hubs, { id: 'no network', networks: [] }] : hubs;
}

/** `ways`: what is left of the network's for all of its containers together. */
export function hubBox({ id, networks }: Hub, ways: Ways): Box {
  const base = { id, kind: 'network', column: 'network', frame: id } as const;
  const [network] = networks;
  if (network === undefined) {
    const lines: readonly Line[] = [title('no network'), { text: 'loopback alone', style: 'text' }];
    return { ...base, lines, title: 'in no network', count: 1 };
  }
  const lines = networks.length === 1 ? oneNetwork(network) : manyNetworks(networks);
  const words = wrapped(wordsOf(networks, ways), roomIn('network'), textSize, 3);
  return {
    ...base,
    lines: [...lines, ...words.map((text): Line => ({ text, style: 'muted' }))],
    title: networks.map((each) => titleOf(each)).join('\n'),
    count: networks.length,
  };
}

const title = (text: string): Line => ({ text, style: 'title' });

function oneNetwork(network: NetworkModel): readonly Line[] {
  const { label } = typeOf(network).drawing(network);
  const texts = [label, ...addresses(network)];
  return [title(network.name), ...texts.map((text): Line => ({ text, style: 'text' }))];
}

function addresses({ prefix4, prefix6 }: NetworkModel): readonly string[] {
  return [prefix4, prefix6].filter((text) => text !== undefined);
}

function manyNetworks(networks: readonly NetworkModel[]): readonly Line[] {
  const types = [...new Set(networks.map(({ type }) => type))];
  const names = wrapped(nameRanges(networks.map(({ name }) => name)), roomIn('network'), textSize, 3);
  return [
    title(counted(networks.length, 'network')),
    ...names.map((text): Line => ({ text, style: 'text' })),
    { text: `type ${types.join(', ')}`, style: 'text' },
  ];
}

/** What lines do not tell. */
function wordsOf(networks: readonly NetworkModel[], ways: Ways): readonly string[] {
  const all = (test: (network: NetworkModel) => boolean): boolean => networks.every((network) => test(network));
  const some = (test: (network: NetworkModel) => boolean): boolean => networks.some((network) => test(network));
  const isShared = some((network) => (typeOf(network).most?.(network) ?? 2) > 1);
  const isCut = !ways.toOutside && !ways.fromOutside;
  const isApart = !ways.toHost && !ways.fromHost;
  return [
    ...(all(({ nat }) => nat) ? ['NAT'] : []),
    ...(all(({ dhcp }) => dhcp) ? ['DHCP'] : []),
    ...(isCut && isApart ? ['reaches nobody'] : []),
    ...(isCut && !isApart ? ['no way outside'] : []),
    ...(isApart && !isCut ? ['host not reached'] : []),
    ...(isShared && !ways.containers && !(isCut && isApart) ? ['containers kept apart'] : []),
  ];
}

function titleOf(network: NetworkModel): string {
  return [network.name, typeOf(network).drawing(network).label, ...addresses(network)].join(', ');
}
