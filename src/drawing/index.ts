import { quoteXml } from '../base/quote/index.ts';
import type { HostModel } from '../resolve/model.ts';
import { boxElement } from './boxes.ts';
import { element } from './element.ts';
import { around, padded } from './geometry.ts';
import { layoutOf } from './layout.ts';
import type { Layout } from './layout.ts';
import { legend } from './legend.ts';
import { linkElements } from './lines.ts';
import { rootClass, styleSheet } from './palette.ts';
import { sceneOf } from './scene/index.ts';
import { textSize, titleSize } from './sizes.ts';
import type { Rectangle, Scene } from './types.ts';

interface DrawingOptions {
  /** Letters, digits and dashes; what its ids begin with, so that a page can hold several drawings: `nat`. */
  readonly name: string;
  /** What it is called for who does not see it; the host's name where it is left out. */
  readonly title?: string;
}

/** A drawing, and what it says of itself. */
interface HostDrawing {
  readonly title: string;
  /** What it shows, for who does not see it. */
  readonly description: string;
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const margin = 14;
const hostPadding = 16;
/** Above all in the host's frame: its name. */
const hostTitle = 26;

/**
 * A picture of a host: its cards, networks and containers, and who may open connections to whom. A function of the
 * description alone, the same to the byte every time; at most about 1000 pixels wide, light or dark as its reader has it.
 */
export function drawHost(model: HostModel, { name, title }: DrawingOptions): HostDrawing {
  const scene = sceneOf(model, title ?? `Networks of the host ${model.host.name}`);
  const layout = layoutOf(scene);
  const frame = hostFrame(scene, layout);
  const whole = padded([...layout.boxes.values()].reduce(around, frame), margin);
  const below = legend(scene, whole.x + margin, whole.y + whole.height - 2, whole.width - 2 * margin);
  const height = whole.height + (below.height === 0 ? 0 : below.height + margin);
  const box: Rectangle = { ...whole, height };
  const inside = [
    element('rect', { class: 'page', ...box }),
    element('rect', { class: 'edge host', ...frame, rx: 10 }),
    element('text', { class: 'text name', x: frame.x + hostPadding, y: frame.y + 24 }, [
      quoteXml(scene.host),
      element('tspan', { class: 'muted words', dx: 12 }, [quoteXml(scene.hostWords)]),
    ]),
    ...[...layout.frames.values()].map((each) => element('rect', { class: 'frame', ...each, rx: 10 })),
    ...linkElements(scene, layout),
    ...scene.boxes.map((each) => boxElement(each, layout.boxes.get(each.id) ?? box)),
    ...below.elements,
  ];
  const svg = document(scene, name, box, inside);
  return { title: scene.title, description: scene.description, svg, width: box.width, height };
}

/** Around everything that is in the host. */
function hostFrame({ boxes }: Scene, layout: Layout): Rectangle {
  const places = boxes.filter(({ kind }) => kind !== 'outside').map(({ id }) => layout.boxes.get(id));
  const inner = [...places, ...layout.frames.values()].reduce(
    (sum, each) => (each === undefined ? sum : around(sum, each)),
    undefined,
  );
  const { x, y, width, height } = padded(inner ?? { x: 0, y: 0, width: 240, height: 0 }, hostPadding);
  return { x, y: y - hostTitle, width, height: height + hostTitle };
}

const fixedRules = [
  `.${rootClass} text { font: ${textSize}px "DejaVu Sans", Verdana, "Noto Sans", sans-serif }`,
  `.${rootClass} .name { font-size: ${titleSize}px; font-weight: bold }`,
  `.${rootClass} .words { font-size: ${textSize}px; font-weight: normal }`,
  `.${rootClass} .edge { stroke-width: 1.2 }`,
  `.${rootClass} .line { fill: none; stroke-width: 1.6 }`,
  `.${rootClass} .cable { stroke-width: 2.6 }`,
  `.${rootClass} .nat { stroke-dasharray: 9 4 }`,
  `.${rootClass} .blocked { stroke-dasharray: 2 4 }`,
  `.${rootClass} .cross { stroke-width: 2.4; stroke-dasharray: none }`,
];

function document(scene: Scene, name: string, { x, y, width, height }: Rectangle, inside: readonly string[]): string {
  const [title, description] = [`${name}-title`, `${name}-description`];
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: rootClass,
    viewBox: `${x} ${y} ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-labelledby': `${title} ${description}`,
  };
  const parts = [
    element('title', { id: title }, [quoteXml(scene.title)]),
    element('desc', { id: description }, [quoteXml(scene.description)]),
    element('style', {}, [`\n${styleSheet(fixedRules)}\n`]),
    ...inside,
  ];
  return `${element('svg', attributes, [`\n${parts.join('\n')}\n`])}\n`;
}
