import { XmlElement, XmlText, parseXml } from '@rgrove/parse-xml';
import type { Element, ElementContent } from 'hast';
import { h, s } from 'hastscript';

import type { Drawing } from '../types.ts';

/** Attributes of SVG whose values are ids. */
const reference = /^aria-(?:labelledby|describedby)$/u;

/**
 * A drawing in the page itself, which follows its reader's colours. A page may show one twice: its ids begin with `place`.
 * Its style is left out; each page has it once (drawingStyle).
 */
export function drawingElement({ title, svg }: Drawing, place: string): Element {
  const image = drawn(rootOf(svg), `${place}/`);
  return h('figure', { class: 'drawing' }, [
    h('div', { class: 'scroll', tabIndex: 0 }, [image]),
    h('figcaption', title),
  ]);
}

/** The rules that a drawing brings; every one stands below a class that is theirs alone. */
export function drawingStyle({ svg }: Drawing): string {
  return childrenOf(rootOf(svg))
    .filter(({ name }) => name === 'style')
    .map(({ text }) => text.trim())
    .join('\n');
}

function rootOf(svg: string): XmlElement {
  const { root } = parseXml(svg);
  if (root?.name !== 'svg') throw new Error('a drawing is an SVG document');
  return root;
}

const childrenOf = ({ children }: XmlElement): readonly XmlElement[] =>
  children.filter((node) => node instanceof XmlElement);

function drawn({ name, attributes, children }: XmlElement, prefix: string): Element {
  const inside = children.flatMap((node): ElementContent[] => {
    if (node instanceof XmlElement) return node.name === 'style' ? [] : [drawn(node, prefix)];
    if (node instanceof XmlText) return [{ type: 'text', value: node.text }];
    throw new Error(`a drawing has no ${node.type}`);
  });
  const properties = Object.entries(attributes)
    // What a document of its own needs and HTML knows.
    .filter(([key]) => key !== 'xmlns')
    .map(([key, value]) => [key, withPrefix(key, value, prefix)]);
  return s(name, Object.fromEntries(properties), inside);
}

function withPrefix(key: string, value: string, prefix: string): string {
  if (key === 'id') return prefix + value;
  return reference.test(key) ? value.replaceAll(/\S+/gu, (id) => prefix + id) : value;
}
