import { quoteXml } from '../base/quote/index.ts';
import { element, tooltip } from './element.ts';
import { lineWidth } from './layout.ts';
import { lineHeight, padding, pile, textSize, titleSize } from './sizes.ts';
import { shortened } from './text.ts';
import type { Box, Line, Rectangle } from './types.ts';

const fills: Readonly<Record<Box['kind'], string>> = {
  outside: 'box',
  card: 'box',
  host: 'host',
  network: 'hub',
  container: 'box',
  flow: 'flow',
};

/** Corners, by what it is: a container is no card. */
const radii: Readonly<Record<Box['kind'], number>> = {
  outside: 18,
  card: 2,
  host: 2,
  network: 6,
  container: 6,
  flow: 14,
};

export function boxElement(box: Box, { x, y, width, height }: Rectangle): string {
  const classes = `edge ${fills[box.kind]}${box.kind === 'flow' ? ' allowed' : ''}`;
  const sheet = (by: number): string =>
    element('rect', { class: classes, x: x + by, y: y + by, width, height, rx: radii[box.kind] });
  const sheets = box.count > 1 ? [sheet(pile), sheet(0)] : [sheet(0)];
  // The outside has no beginning; a network's words stay at its top.
  const top = box.kind === 'outside' ? (height - box.lines.length * lineHeight) / 2 : padding - 2;
  const lines = box.lines.map((line, index) => lineElement(line, x, y + top + index * lineHeight, width));
  return element('g', {}, [tooltip(box.title), ...sheets, ...lines]);
}

function lineElement(line: Line, x: number, y: number, width: number): string {
  const isTitle = line.style === 'title';
  const room = width - 2 * padding;
  const text =
    lineWidth(line) <= room
      ? line.text
      : shortened(line.text, room, isTitle ? titleSize : textSize, isTitle ? 'bold' : 'regular');
  const classes = { title: 'text name', text: 'text', muted: 'muted' }[line.style];
  return element('text', { class: classes, x: x + padding, y: y + 13.5 }, [quoteXml(text)]);
}
