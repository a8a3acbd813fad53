import type { graphlib } from '@dagrejs/dagre';

import { groupBy } from '../base/group.ts';
import type { Box, Scene } from './types.ts';

/** Where a box stands among those of its column: the n-th frame takes n to n + 1. */
export type Order = ReadonlyMap<string, number>;

/** The graph as dagre has it when boxes have their columns: with its own nodes in it, at frames' ends and along lines. */
export type OrderedGraph = InstanceType<typeof graphlib.Graph>;

/**
 * Networks as they are described (`hubs`), and everything else beside what it is connected with: a card at its networks,
 * a container of several networks between them. So no frame holds what does not belong into it.
 */
export function orderFor(scene: Scene, hubs: readonly string[]): Order {
  const order = new Map(hubs.map((id, index) => [id, index + 0.5]));
  const inFrames = scene.boxes.filter(({ frame, column }) => frame !== undefined && column === 'container');
  for (const [frame, members] of groupBy(inFrames, (box) => box.frame ?? ''))
    for (const [index, { id }] of members.entries())
      order.set(id, Math.floor(order.get(frame) ?? 0) + (index + 1) / (members.length + 1));
  const near = neighbours(scene);
  for (const box of scene.boxes)
    if (!order.has(box.id) && box.column !== 'outside') order.set(box.id, beside(box, near.get(box.id) ?? [], order));
  return order;
}

function neighbours({ links }: Scene): ReadonlyMap<string, readonly string[]> {
  const ends = links.flatMap(({ from, to }) => [
    { one: from, other: to },
    { one: to, other: from },
  ]);
  const found = groupBy(ends, ({ one }) => one);
  return new Map([...found].map(([id, all]) => [id, all.map(({ other }) => other)]));
}

/** In the middle of what it is connected with; a container stands at an end of a frame, never in it. */
function beside(box: Box, near: readonly string[], order: Order): number {
  const known = near.flatMap((id) => order.get(id) ?? []);
  const middle = mean(known);
  return box.column === 'container' ? Math.round(middle) : middle;
}

/** Networks by their cards, in the order in which those are first used: lines of one card stay together. */
export function hubsByCard(scene: Scene, hubs: readonly string[]): readonly string[] {
  const cards = new Set(scene.boxes.filter(({ kind }) => kind === 'card').map(({ id }) => id));
  const cardOf = new Map(
    scene.links.toReversed().flatMap(({ from, to }) => (cards.has(from) ? [[to, from] as const] : [])),
  );
  const firstUse = new Map(hubs.toReversed().map((hub) => [cardOf.get(hub), hubs.indexOf(hub)]));
  const rank = (hub: string): number => (cardOf.has(hub) ? (firstUse.get(cardOf.get(hub)) ?? 0) : hubs.length);
  return hubs.toSorted((one, other) => rank(one) - rank(other) || hubs.indexOf(one) - hubs.indexOf(other));
}

/** What is told of a node: a box of ours has its name; dagre's own are ends of a frame and points of a line. */
interface Node {
  readonly rank: number;
  readonly borderType?: 'borderLeft' | 'borderRight';
  readonly edgeObj?: { readonly v: string; readonly w: string };
}

/** Gives every node of dagre's its place in its column. `frameOf` tells a frame's network from the name of its cluster. */
export function applyOrder(graph: OrderedGraph, order: Order, frameOf: (cluster: string) => string): void {
  const ids: readonly string[] = graph.nodes();
  const ranks = groupBy(
    ids.filter((id) => graph.children(id).length === 0),
    (id) => (graph.node(id) as Node).rank,
  );
  const place = (id: string): number => placeOf(graph, id, order, frameOf);
  for (const column of ranks.values())
    for (const [index, id] of column.toSorted((one, other) => place(one) - place(other)).entries())
      Object.assign(graph.node(id), { order: index });
}

const frameEnds = { borderLeft: 0.001, borderRight: 0.999 } as const;

function placeOf(graph: OrderedGraph, id: string, order: Order, frameOf: (cluster: string) => string): number {
  const own = order.get(id);
  if (own !== undefined) return own;
  const { borderType, edgeObj } = graph.node(id) as Node;
  const cluster = graph.parent(id) as string | undefined;
  if (cluster !== undefined) {
    const first = Math.floor(order.get(frameOf(cluster)) ?? 0);
    return first + (borderType === undefined ? 0.5 : frameEnds[borderType]);
  }
  const ends = [edgeObj?.v, edgeObj?.w].flatMap((end) => order.get(end ?? '') ?? []);
  return mean(ends);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;
}
