import { groupBy } from '../../base/group.ts';
import { isCarried } from '../../resolve/carried.ts';
import type { Allowance, ContainerModel, HostModel } from '../../resolve/model.ts';
import { verdict } from '../../resolve/policy.ts';
import { roomIn, textSize } from '../sizes.ts';
import { wrapped } from '../text.ts';
import type { Box, Line, Link } from '../types.ts';
import type { Group } from './groups.ts';
import { serviceOf } from './ways.ts';

/** What one container opens to another, because a policy names the one or the other. */
interface Flow {
  readonly from: string;
  readonly to: string;
  /** `5432/tcp`; `all`. */
  readonly service: string;
}

/** So many pairs of groups are drawn. */
const mostPairs = 8;

export interface Flows {
  readonly boxes: readonly Box[];
  readonly links: readonly Link[];
  /** Pairs that are not drawn. */
  readonly left: number;
}

export function flowsOf(model: HostModel, groups: readonly Group[]): Flows {
  const groupOf = new Map(groups.flatMap((group) => group.containers.map(({ name }) => [name, group] as const)));
  const idOf = (name: string): string => groupOf.get(name)?.id ?? '';
  const pairs = groupBy(namedFlows(model), ({ from, to }) => `${idOf(from)}\n${idOf(to)}`);
  // What goes on within one box has no line to be drawn.
  const between = [...pairs.values()].filter(([flow]) => flow !== undefined && idOf(flow.from) !== idOf(flow.to));
  const drawn = between.slice(0, mostPairs).flatMap((flows) => pair(flows, groupOf) ?? []);
  return {
    boxes: drawn.map(({ box }) => box),
    links: drawn.flatMap(({ links }) => links),
    left: Math.max(0, between.length - mostPairs),
  };
}

/** Only those that the policies of both let through, and that a network carries. */
function namedFlows(model: HostModel): readonly Flow[] {
  return model.containers.flatMap((owner) => [
    ...(owner.allowIn ?? []).flatMap((entry) => flowOf(model, entry, owner, 'in') ?? []),
    ...(owner.allowOut ?? []).flatMap((entry) => flowOf(model, entry, owner, 'out') ?? []),
  ]);
}

function flowOf(model: HostModel, entry: Allowance, owner: ContainerModel, way: 'in' | 'out'): Flow | undefined {
  if (entry.target.kind !== 'container') return undefined;
  const other = model.containerByName.get(entry.target.name);
  if (other === undefined || other === owner) return undefined;
  const [from, to] = way === 'in' ? [other, owner] : [owner, other];
  if (!isThrough(model, entry, from, to)) return undefined;
  return { from: from.name, to: to.name, service: entry.text.replace(/^[^:]*:?/u, '') || 'all' };
}

const end = ({ name }: ContainerModel) => ({ kind: 'container', name }) as const;

function isThrough(model: HostModel, entry: Allowance, from: ContainerModel, to: ContainerModel): boolean {
  // The verdict looks for nobody else.
  const two: HostModel = { ...model, containers: [from, to] };
  return ([4, 6] as const).some(
    (family) =>
      isCarried(model, from, to, family) &&
      verdict(two, { from: end(from), to: end(to), family, ...serviceOf(entry) }).allowed,
  );
}

function pair(
  flows: readonly Flow[],
  groupOf: ReadonlyMap<string, Group>,
): { readonly box: Box; readonly links: readonly Link[] } | undefined {
  const [first] = flows;
  const [from, to] = [groupOf.get(first?.from ?? ''), groupOf.get(first?.to ?? '')];
  if (from === undefined || to === undefined) return undefined;
  const title = [...new Set(flows.map((each) => `${each.from} → ${each.to}: ${each.service}`))].join('\n');
  const services = [...new Set(flows.map(({ service }) => service))];
  const lines = wrapped(services, roomIn('flow'), textSize, 3).map((text): Line => ({ text, style: 'text' }));
  const ends = new Set(flows.map((each) => `${each.from} ${each.to}`)).size;
  const isWhole = ends === from.containers.length * to.containers.length;
  const id = `flow ${from.id} ${to.id}`;
  const note: readonly Line[] = isWhole ? [] : [{ text: `${ends} pairs`, style: 'muted' }];
  const link = { style: 'allowed', title } as const;
  return {
    box: { id, kind: 'flow', column: 'flow', lines: [...lines, ...note], title, count: 1 },
    links: [
      { ...link, from: from.id, to: id, forth: false, back: false },
      { ...link, from: to.id, to: id, forth: false, back: true },
    ],
  };
}
