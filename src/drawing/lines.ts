import { element, tooltip } from './element.ts';
import type { Layout } from './layout.ts';
import { pile } from './sizes.ts';
import { endsOf } from './ports.ts';
import type { Ends, Point } from './ports.ts';
import type { Link, LinkStyle, Scene } from './types.ts';

/** Length of an arrow's head. */
const head = 9;

/** The colour's class; what differs in more than colour has a class of its own beside it. */
export const styleClasses: Readonly<Record<Exclude<LinkStyle, 'order'>, string>> = {
  cable: 'cable',
  routed: 'routed',
  nat: 'routed nat',
  allowed: 'allowed',
  blocked: 'blocked',
};

/** Every line with its arrows, those that are only there to keep order left out. */
export function linkElements(scene: Scene, { boxes }: Layout): readonly string[] {
  const drawn = scene.links.filter(({ style }) => style !== 'order');
  const piles = new Set(scene.boxes.filter(({ count }) => count > 1).map(({ id }) => id));
  const ends = endsOf(drawn, boxes, (id) => (piles.has(id) ? pile : 0));
  return [...ends].map(([link, own]) => linkElement(link, own));
}

function linkElement({ style, forth, back, title }: Link, { start, end }: Ends): string {
  if (style === 'order') return '';
  const [from, to] = [start.x + (back ? head - 1 : 0), end.x - (forth ? head - 1 : 0)];
  const half = (start.x + end.x) / 2;
  const d = `M${n(from)} ${n(start.y)}C${n(half)} ${n(start.y)} ${n(half)} ${n(end.y)} ${n(to)} ${n(end.y)}`;
  const colour = style === 'nat' ? 'routed' : style;
  return element('g', {}, [
    tooltip(title),
    element('path', { class: `line ${styleClasses[style]}`, d }),
    ...(forth ? [arrow(end, -1, colour)] : []),
    ...(back ? [arrow(start, 1, colour)] : []),
    ...(style === 'blocked' ? [cross({ x: half, y: (start.y + end.y) / 2 })] : []),
  ]);
}

/** Its tip at the box, pointing against `way`. */
export function arrow({ x, y }: Point, way: 1 | -1, colour: string): string {
  const base = x + way * head;
  return element('path', { class: `head-${colour}`, d: `M${n(x)} ${n(y)}L${n(base)} ${n(y - 4.5)}V${n(y + 4.5)}Z` });
}

export function cross({ x, y }: Point): string {
  const d = `M${n(x - 5)} ${n(y - 5)}L${n(x + 5)} ${n(y + 5)}M${n(x - 5)} ${n(y + 5)}L${n(x + 5)} ${n(y - 5)}`;
  return element('path', { class: 'line cross blocked', d });
}

/** A coordinate as it is written: to the tenth of a pixel. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
