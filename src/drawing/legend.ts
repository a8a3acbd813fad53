import { quoteXml } from '../base/quote/index.ts';
import { element } from './element.ts';
import { arrow, cross, n, styleClasses } from './lines.ts';
import { lineHeight, textSize } from './sizes.ts';
import { textWidth } from './text.ts';
import type { LinkStyle, Scene } from './types.ts';

const meanings: Readonly<Record<Exclude<LinkStyle, 'order'>, string>> = {
  cable: 'plugged in',
  routed: 'forwarded by the host',
  nat: 'forwarded under the host’s address (NAT)',
  allowed: 'allowed between containers',
  blocked: 'not let through',
};

const sample = 44;
const gap = 8;
const apart = 22;

interface Entry {
  /** Absent: words alone. */
  readonly symbol?: (x: number, y: number) => string;
  readonly text: string;
}

/** What the lines of this scene mean, in rows that are at most `width` wide; `height` is what they take. */
export function legend(
  scene: Scene,
  x: number,
  y: number,
  width: number,
): { elements: readonly string[]; height: number } {
  let [left, row] = [0, 0];
  const elements: string[] = [];
  for (const { symbol, text } of [...entriesOf(scene), ...scene.notes.map((note): Entry => ({ text: note }))]) {
    const indent = symbol === undefined ? 0 : sample + gap;
    const taken = indent + textWidth(text, textSize);
    if (left > 0 && left + taken > width) [left, row] = [0, row + 1];
    const base = y + (row + 1) * lineHeight + row * 4;
    elements.push(
      ...(symbol === undefined ? [] : [symbol(x + left, base - 4.5)]),
      element('text', { class: 'muted', x: n(x + left + indent), y: base }, [quoteXml(text)]),
    );
    left += taken + apart;
  }
  return { elements, height: elements.length === 0 ? 0 : (row + 1) * lineHeight + row * 4 };
}

function entriesOf({ links }: Scene): readonly Entry[] {
  const styles = (Object.keys(meanings) as (keyof typeof meanings)[]).filter((style) =>
    links.some((link) => link.style === style),
  );
  const lines = styles.map((style): Entry => ({ symbol: (x, y) => line(style, x, y), text: meanings[style] }));
  const isArrow = links.some(({ style, forth, back }) => style !== 'order' && (forth || back));
  const arrows: Entry = {
    symbol: (x, y) => arrowLine(x, y),
    text: 'connections are opened this way',
  };
  return isArrow ? [...lines, arrows] : lines;
}

function line(style: keyof typeof meanings, x: number, y: number): string {
  const path = element('path', { class: `line ${styleClasses[style]}`, d: `M${n(x)} ${n(y)}H${n(x + sample)}` });
  return style === 'blocked' ? path + cross({ x: x + sample / 2, y }) : path;
}

function arrowLine(x: number, y: number): string {
  const path = element('path', { class: 'line cable', d: `M${n(x)} ${n(y)}H${n(x + sample - 6)}` });
  return path + arrow({ x: x + sample, y }, -1, 'cable');
}
