import { graphlib, layout } from '@dagrejs/dagre';

import { around, middleOf, padded } from './geometry.ts';
import { applyOrder, hubsByCard, orderFor } from './order.ts';
import type { Order, OrderedGraph } from './order.ts';
import { lineHeight, padding, textSize, titleSize, widestBox } from './sizes.ts';
import { textWidth } from './text.ts';
import { columns } from './types.ts';
import type { Box, Link, Rectangle, Scene } from './types.ts';

/** Between boxes of one column; a network's frame has half of it around its boxes. */
const between = 12;
const framePadding = 9;

/** Between columns, where the lines are. */
const columnGap = 54;

/** What a cluster's name begins with, so that it is no box's. */
const cluster = 'frame ';

/** Where everything is, in pixels; `boxes` and `frames` by id. */
export interface Layout {
  readonly boxes: ReadonlyMap<string, Rectangle>;
  readonly frames: ReadonlyMap<string, Rectangle>;
}

/**
 * Places for the boxes of a scene, by dagre: columns from left to right, a network's frame a cluster. Networks stand as
 * they are described, or by their cards where fewer lines cross then.
 */
export function layoutOf(scene: Scene): Layout {
  const hubs = scene.boxes.filter(({ kind }) => kind === 'network').map(({ id }) => id);
  const described = placed(scene, orderFor(scene, hubs));
  const byCard = placed(scene, orderFor(scene, hubsByCard(scene, hubs)));
  return stretched(scene, crossings(scene, byCard) < crossings(scene, described) ? byCard : described);
}

function placed(scene: Scene, order: Order): Layout {
  const graph = new graphlib.Graph({ compound: true });
  graph.setGraph({ rankdir: 'LR', nodesep: between, ranksep: columnGap });
  graph.setDefaultEdgeLabel(() => ({}));
  const widths = columnWidths(scene.boxes);
  for (const { frame } of scene.boxes) if (frame !== undefined) graph.setNode(cluster + frame, {});
  for (const box of scene.boxes) {
    graph.setNode(box.id, { width: widths.get(box.column) ?? 0, height: heightOf(box) });
    if (box.frame !== undefined) graph.setParent(box.id, cluster + box.frame);
  }
  for (const { from, to, style, span = 1 } of scene.links)
    graph.setEdge(from, to, { weight: style === 'order' ? 0 : 1, minlen: span });
  const customOrder = (own: OrderedGraph): void => applyOrder(own, order, (id) => id.slice(cluster.length));
  layout(graph, { customOrder });
  const boxes = new Map(scene.boxes.map(({ id }) => [id, rectangle(graph.node(id))] as const));
  return { boxes, frames: framesAround(scene.boxes, boxes) };
}

/** As wide as the widest box of the column needs. */
function columnWidths(boxes: readonly Box[]): ReadonlyMap<Box['column'], number> {
  return new Map(
    columns.map((column) => {
      const lines = boxes.filter((box) => box.column === column).flatMap((box) => box.lines);
      const text = Math.max(0, ...lines.map((line) => lineWidth(line)));
      return [column, Math.min(widestBox[column], Math.ceil(text) + 2 * padding)] as const;
    }),
  );
}

export function lineWidth({ text, style }: Box['lines'][number]): number {
  return style === 'title' ? textWidth(text, titleSize, 'bold') : textWidth(text, textSize);
}

function heightOf({ lines }: Box): number {
  return lines.length * lineHeight + 2 * padding - 4;
}

/** dagre gives centres. */
function rectangle({ x = 0, y = 0, width = 0, height = 0 }: Partial<Rectangle>): Rectangle {
  return { x: Math.round(x - width / 2), y: Math.round(y - height / 2), width, height };
}

function framesAround(boxes: readonly Box[], places: ReadonlyMap<string, Rectangle>): ReadonlyMap<string, Rectangle> {
  const found = new Map<string, Rectangle>();
  for (const { id, frame } of boxes) {
    const place = places.get(id);
    if (frame === undefined || place === undefined) continue;
    found.set(frame, around(found.get(frame), padded(place, framePadding)));
  }
  return found;
}

function crossings(scene: Scene, { boxes }: Layout): number {
  const links = scene.links.filter(({ style }) => style !== 'order');
  return links.flatMap((one, index) => links.slice(index + 1).filter((other) => cross(one, other, boxes))).length;
}

function cross(one: Link, other: Link, boxes: ReadonlyMap<string, Rectangle>): boolean {
  const place = (id: string): Rectangle => boxes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
  if (place(one.from).x !== place(other.from).x) return false;
  const start = middleOf(place(one.from)) - middleOf(place(other.from));
  const end = middleOf(place(one.to)) - middleOf(place(other.to));
  return start * end < 0;
}

/** A network is as high as its frame, and the outside as the cards: most lines are straight then. */
function stretched(scene: Scene, { boxes, frames }: Layout): Layout {
  const cards = scene.boxes.filter(({ kind }) => kind === 'card').flatMap(({ id }) => boxes.get(id) ?? []);
  const edge = cards.reduce<Rectangle | undefined>(around, undefined);
  const places = scene.boxes.flatMap(({ id, kind, frame }): [string, Rectangle][] => {
    const [place, own] = [boxes.get(id), frames.get(frame ?? '')];
    if (place === undefined) return [];
    if (kind === 'network' && own !== undefined) return [[id, upTo(place, padded(own, -framePadding))]];
    return [[id, kind === 'outside' && edge !== undefined ? upTo(place, edge) : place]];
  });
  return { boxes: new Map(places), frames };
}

function upTo(place: Rectangle, { y, height }: Rectangle): Rectangle {
  const [top, bottom] = [Math.min(y, place.y), Math.max(y + height, place.y + place.height)];
  return { ...place, y: top, height: bottom - top };
}
