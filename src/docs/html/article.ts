import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Nodes, PhrasingContent, Table } from 'mdast';
import { toHast } from 'mdast-util-to-hast';
import type { Handlers, State } from 'mdast-util-to-hast';
import { toString } from 'mdast-util-to-string';

import type { Admonition, Box, Drawing, InfoBox, Page, PageLink, SeeAlso } from '../types.ts';
import { admonitionElement, boxElement, infoBoxElement } from './boxes.ts';
import { drawingElement } from './drawing.ts';
import type { PlaceOf } from './places.ts';

/** A page, with its title as a heading of the second rank: the first is the document's. */
export function articleOf({ entry, root }: Page, placeOf: PlaceOf): Element {
  const tree = toHast(root, {
    handlers: handlersOf(entry.name, placeOf),
    unknownHandler: (_, node) => {
      throw new Error(`a page of HTML has no ${node.type}`);
    },
  });
  if (tree.type !== 'root') throw new Error('a page is a tree');
  const children = tree.children.flatMap((node): ElementContent[] => (node.type === 'doctype' ? [] : [node]));
  return h('article', { ariaLabelledBy: placeOf(entry.name) }, children);
}

/** How each node of ours, and what HTML has more ways for than one, is written. */
function handlersOf(page: string, placeOf: PlaceOf): Handlers {
  let [place, drawings] = [placeOf(page), 0];
  return {
    heading(state, node: Extract<Nodes, { type: 'heading' }>) {
      const text = toString(node);
      place = node.depth === 1 ? placeOf(page) : placeOf(page, text);
      return h(`h${node.depth + 1}`, { id: place }, [
        ...state.all(node),
        h('a', { class: 'anchor', href: `#${place}`, ariaLabel: `Link to ${text}` }),
      ]);
    },
    table: (state, node: Table) =>
      h('div', { class: ['table', 'scroll'], role: 'group', tabIndex: 0, ariaLabelledBy: place }, [table(state, node)]),
    link: (state, node: Extract<PhrasingContent, { type: 'link' }>) =>
      h('a', { href: addressOf(node.url) }, state.all(node)),
    box: (_, node: Box) => boxElement(node),
    drawing(_, node: Drawing) {
      drawings += 1;
      return drawingElement(node, `${placeOf(page)}/drawing-${drawings}`);
    },
    admonition: (state, node: Admonition) => admonitionElement(node, state.wrap<ElementContent>(state.all(node), true)),
    infoBox: (_, node: InfoBox) => infoBoxElement(node),
    seeAlso: (_, node: SeeAlso) =>
      h('p', { class: 'see-also' }, [
        'See also: ',
        h('a', { href: `#${placeOf(node.page, node.section)}` }, [node.page, node.section].filter(Boolean).join(', ')),
      ]),
    mark: (_, node: Extract<PhrasingContent, { type: 'mark' }>) => h('code', { class: node.kind }, node.value),
    pageLink: (state, node: PageLink) => h('a', { href: `#${placeOf(node.page, node.section)}` }, state.all(node)),
  };
}

function table(state: State, { children: [head, ...rows] }: Table): Element {
  const cells = (row: Table['children'][number] | undefined, name: 'th' | 'td'): Element[] =>
    (row?.children ?? []).map((cell) => h(name, name === 'th' ? { scope: 'col' } : {}, state.all(cell)));
  return h('table', [
    h('thead', [h('tr', cells(head, 'th'))]),
    h(
      'tbody',
      rows.map((row) => h('tr', cells(row, 'td'))),
    ),
  ]);
}

/** @throws Error for what is no address of the web: nothing that a page shows runs. */
function addressOf(url: string): string {
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error(`a page links to the web alone, not to ${url}`);
  return href;
}
