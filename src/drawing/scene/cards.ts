import { groupBy } from '../../base/group.ts';
import { typeOf } from '../../networks/index.ts';
import type { HostModel, NetworkModel } from '../../resolve/model.ts';
import { roomIn, textSize } from '../sizes.ts';
import { wrapped } from '../text.ts';
import type { Box } from '../types.ts';
import type { Hub } from './hubs.ts';
import { nameRanges } from './names.ts';

/** Cards of the host's that are used alike, drawn as one. */
export interface Cards {
  readonly id: string;
  readonly names: readonly string[];
  readonly isUplink: boolean;
  /** Whether one of them receives every frame on its wire. */
  readonly promiscuous: boolean;
  /** What hangs on them. */
  readonly hubs: readonly string[];
}

/** Stands for the way out where the description names none. */
const unnamed = 'uplink';

/** `needsUplink`: whether something is routed outside. */
export function cardsOf(model: HostModel, hubs: readonly Hub[], needsUplink: boolean): readonly Cards[] {
  const users = usersOf(hubs);
  const uplinks = model.host.uplinks.length === 0 && needsUplink ? [unnamed] : model.host.uplinks;
  const names = [...new Set([...uplinks, ...users.keys()])];
  const hubsAt = (name: string): readonly string[] => [...new Set(users.get(name)?.map(({ hub }) => hub))];
  const alike = groupBy(names, (name) => [uplinks.includes(name), ...hubsAt(name)].join(' '));
  return [...alike.values()].map((group): Cards => {
    const [first = ''] = group;
    return {
      id: `card ${first}`,
      names: group,
      isUplink: uplinks.includes(first),
      promiscuous: group.some(
        (name) => users.get(name)?.some(({ network }) => typeOf(network).promiscuous(network)) === true,
      ),
      hubs: hubsAt(first),
    };
  });
}

interface User {
  readonly hub: string;
  readonly network: NetworkModel;
}

/** What each card carries. */
function usersOf(hubs: readonly Hub[]): ReadonlyMap<string, readonly User[]> {
  const uses = hubs.flatMap(({ id, networks }) =>
    networks.flatMap((network) =>
      [...network.ports, ...(network.parent === undefined ? [] : [network.parent])].map((card) => ({
        card,
        user: { hub: id, network },
      })),
    ),
  );
  const byCard = groupBy(uses, ({ card }) => card);
  return new Map([...byCard].map(([card, found]) => [card, found.map(({ user }) => user)]));
}

export function cardBox({ id, names, isUplink, promiscuous }: Cards): Box {
  const words = [...(isUplink && names[0] !== unnamed ? ['uplink'] : []), ...(promiscuous ? ['promiscuous'] : [])];
  const [first = '', ...rest] = wrapped(nameRanges(names), roomIn('edge'), textSize, 3);
  return {
    id,
    kind: 'card',
    column: 'edge',
    lines: [
      { text: first, style: 'title' },
      ...rest.map((text) => ({ text, style: 'title' }) as const),
      ...words.map((text) => ({ text, style: 'muted' }) as const),
    ],
    title: [...names, ...words].join(', '),
    count: names.length,
  };
}
