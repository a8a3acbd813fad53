import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';

import { drawHost } from '../../../src/drawing/index.ts';
import { palette } from '../../../src/drawing/palette.ts';
import { widestDrawing } from '../../../src/drawing/sizes.ts';
import { textWidth } from '../../../src/drawing/text.ts';
import type { HostModel } from '../../../src/resolve/model.ts';
import { resolve } from '../../../src/resolve/resolve.ts';
import { parseSource } from '../../../src/source/parse.ts';

const root = join(import.meta.dirname, '../../..');

function modelOf(text: string): HostModel {
  const facts = { installedLxc: '7.0.0', newuidmap: true, netifrc: true, cgroup1Controllers: [] };
  const { model, problems } = resolve(parseSource([{ path: '/etc/rc-lxc/host.ini', text }]), facts);
  if (model === undefined) throw new Error(JSON.stringify(problems));
  return model;
}

const folder = join(root, 'templates/docs/examples');
const descriptions = [
  ...readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const),
  ...['excelsior', 'networks'].map(
    (name) => [name, readFileSync(join(root, `examples/${name}/host.ini`), 'utf8')] as const,
  ),
];

/** A host whose containers are of three kinds. */
function host(count: number): string {
  const containers = Array.from({ length: count }, (_, at) => {
    const number = at + 1;
    const kinds = [
      `network = edge\nallow-in = any:443/tcp`,
      'network = internal',
      'network = internal\nallow-out = none',
    ];
    return `[container c${number}]\nid = ${number + 10}\ntemplate = busybox\n${kinds[number % 3] ?? ''}\n`;
  });
  return `[host]\nname = big\nuplink = eth0\n[network internal]\nipv4 = 10.0.0.1/16\nnat = yes\n[network edge]\ntype = routed\nipv4 = 198.51.0.0/16\n${containers.join('')}`;
}

const draw = (text: string) => drawHost(modelOf(text), { name: 'test' });

interface Place {
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly bottom: number;
}

const parsed = (svg: string) => load(svg, { xml: true });

/** Boxes that hold text: those that stand within frames, not the frames themselves. */
function boxesOf(
  svg: string,
): readonly (Place & { readonly texts: readonly { text: string; x: number; y: number; bold: boolean }[] })[] {
  const $ = parsed(svg);
  return $('g')
    .toArray()
    .flatMap((group) => {
      const rect = $(group).children('rect').last();
      if (rect.length === 0) return [];
      const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(rect.attr(name)));
      if (x === undefined || y === undefined || width === undefined || height === undefined) return [];
      const texts = $(group)
        .children('text')
        .toArray()
        .map((node) => ({
          text: $(node).text(),
          x: Number($(node).attr('x')),
          y: Number($(node).attr('y')),
          bold: $(node).hasClass('name'),
        }));
      return [{ x, y, right: x + width, bottom: y + height, texts }];
    });
}

describe('the drawing of a description', () => {
  it.each(descriptions)('%s is the same each time, well-formed, and takes what a wiki takes', (_, text) => {
    const { svg } = draw(text);
    expect(draw(text).svg).toBe(svg);
    expect(svg).toMatch(/^<svg [^>]*role="img"[^>]*aria-labelledby="test-title test-description"/u);
    expect(svg).not.toMatch(/<script|<foreignObject|@import|\son\w+=|href=|url\(/u);
    const $ = parsed(svg);
    expect($('svg > title').text()).not.toBe('');
    expect($('svg > desc').text()).toMatch(/^The host \S+.*\.$/su);
  });

  it.each(descriptions)(
    '%s names every network and container, in text or in words for who points at a pile',
    (_, text) => {
      const model = modelOf(text);
      const { svg } = draw(text);
      for (const { name } of [...model.networks, ...model.containers]) expect(svg).toContain(name);
    },
  );

  it.each(descriptions)('%s has boxes that do not overlap, and text within them', (_, text) => {
    const { svg, width } = draw(text);
    expect(width).toBeLessThanOrEqual(widestDrawing);
    const boxes = boxesOf(svg);
    expect(boxes.length).toBeGreaterThan(1);
    expect(boxes.every(({ texts }) => texts.length > 0)).toBe(true);
    for (const [at, one] of boxes.entries()) {
      for (const { text: line, x, y, bold } of one.texts) {
        expect(x + textWidth(line, bold ? 14 : 13, bold ? 'bold' : 'regular'), line).toBeLessThanOrEqual(one.right);
        expect(y).toBeGreaterThan(one.y);
        expect(y).toBeLessThanOrEqual(one.bottom);
      }
      for (const other of boxes.slice(at + 1)) {
        const apart = one.right <= other.x || other.right <= one.x || one.bottom <= other.y || other.bottom <= one.y;
        expect(apart, `${one.texts[0]?.text ?? ''} and ${other.texts[0]?.text ?? ''}`).toBe(true);
      }
    }
  });

  it('counts containers that are alike in one pile', () => {
    const { svg } = draw(host(30));
    const $ = parsed(svg);
    const titles = $('text.name')
      .toArray()
      .map((node) => $(node).text());
    expect(titles.filter((title) => title === '10 containers')).toHaveLength(3);
  });

  it('has no more boxes for 300 containers or 1,000 of the same kinds than for 30', () => {
    const count = boxesOf(draw(host(30)).svg).length;
    expect(boxesOf(draw(host(300)).svg)).toHaveLength(count);
    expect(boxesOf(draw(host(1000)).svg)).toHaveLength(count);
  });

  it('says in words which networks are reached from outside', () => {
    expect(draw(host(3)).description).toContain('edge is reached from outside');
    expect(draw(host(3)).description).toContain('internal opens connections outside and gets none from there');
  });

  it('takes names that mean something to XML for names', () => {
    const model = modelOf(host(3));
    const { svg } = drawHost(model, { name: 'test', title: 'a < b & "c"' });
    expect(parsed(svg)('svg > title').text()).toBe('a < b & "c"');
  });
});

describe('the palette', () => {
  const light = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const value = parseInt(colour.slice(at, at + 2), 16) / 255;
      return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string): number => {
    const [low = 0, high = 0] = [light(one), light(other)].toSorted((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const grounds = ['page', 'host', 'frame', 'hub', 'box'] as const;

  it.each(['light', 'dark'] as const)('has contrasts of 4.5 to 1 and more when it is %s', (scheme) => {
    for (const ground of grounds)
      for (const ink of ['text', 'muted'] as const)
        expect(contrast(palette[ink][scheme], palette[ground][scheme]), `${ink} on ${ground}`).toBeGreaterThanOrEqual(
          4.5,
        );
    for (const ink of ['line', 'routed', 'allowed', 'blocked'] as const)
      expect(contrast(palette[ink][scheme], palette.host[scheme]), ink).toBeGreaterThanOrEqual(4.5);
  });
});
