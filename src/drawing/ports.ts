import { groupBy } from '../base/group.ts';
import { middleOf } from './geometry.ts';
import type { Link, Rectangle } from './types.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How far apart lines meet the side of a box, and how far from its corners, where it is high enough. */
const portGap = 14;
const corner = 12;

type Places = ReadonlyMap<string, Rectangle>;

/** Where a line leaves its box, and where it meets the other one. */
export interface Ends {
  readonly start: Point;
  readonly end: Point;
}

/**
 * Ends for every line, none where another one is: the lower box of the two says where, and the higher one follows.
 * `outset`: how far a box stands out to the right.
 */
export function endsOf(links: readonly Link[], boxes: Places, outset: (id: string) => number): ReadonlyMap<Link, Ends> {
  const middle = (id: string): number => middleOf(placeOf(boxes, id));
  const own = {
    from: sidePorts(links, boxes, 'from', ({ to }) => middle(to)),
    to: sidePorts(links, boxes, 'to', ({ from }) => middle(from)),
  };
  const start = sidePorts(links, boxes, 'from', (link) => own.to.get(link) ?? 0);
  const end = sidePorts(links, boxes, 'to', (link) => own.from.get(link) ?? 0);
  return new Map(
    links.map((link) => {
      const [from, to] = [placeOf(boxes, link.from), placeOf(boxes, link.to)];
      const [left, right] = [from.x + from.width + outset(link.from), to.x];
      return [link, { start: { x: left, y: start.get(link) ?? 0 }, end: { x: right, y: end.get(link) ?? 0 } }];
    }),
  );
}

function placeOf(boxes: Places, id: string): Rectangle {
  return boxes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
}

/** `wanted`: where each would go straight to. */
function sidePorts(
  links: readonly Link[],
  boxes: Places,
  side: 'from' | 'to',
  wanted: (link: Link) => number,
): ReadonlyMap<Link, number> {
  const far = side === 'from' ? 'to' : 'from';
  const found = new Map<Link, number>();
  for (const [id, own] of groupBy(links, (link) => link[side])) {
    const box = placeOf(boxes, id);
    const sorted = own.toSorted((one, other) => wanted(one) - wanted(other));
    const wishes = sorted.map((link, index) =>
      box.height < placeOf(boxes, link[far]).height
        ? middleOf(box) + (index - (own.length - 1) / 2) * portGap
        : wanted(link),
    );
    for (const [index, y] of along(box, wishes).entries()) {
      const link = sorted[index];
      if (link !== undefined) found.set(link, y);
    }
  }
  return found;
}

/** Each as near as possible to what it wants, which come in order, within the side of the box. */
function along(box: Rectangle, wanted: readonly number[]): readonly number[] {
  const inset = Math.min(corner, box.height / 3);
  const [top, bottom] = [box.y + inset, box.y + box.height - inset];
  const gap = wanted.length < 2 ? 0 : Math.min(portGap, (bottom - top) / (wanted.length - 1));
  const down: number[] = [];
  for (const [index, y] of wanted.entries())
    down.push(Math.min(Math.max(y, top + index * gap, (down.at(-1) ?? -Infinity) + gap), bottom));
  const up: number[] = [];
  for (const [index, y] of down.toReversed().entries())
    up.push(Math.min(y, bottom - index * gap, (up.at(-1) ?? Infinity) - gap));
  return up.toReversed();
}
