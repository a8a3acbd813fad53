import type { Element } from 'hast';
import { h } from 'hastscript';

import type { Page } from '../types.ts';
import type { PlaceOf } from './places.ts';

/** Every page and its sections; which page is open is its reader's choice, or where the reader is. */
export function navigation(pages: readonly Page[], placeOf: PlaceOf): Element {
  const items = pages.map(({ entry: { name }, title, sections }) => {
    const links = sections.map((section) => h('li', [link(placeOf(name, section), section)]));
    return h('li', [
      link(placeOf(name), title),
      h('details', [h('summary', ['Sections', h('span', { class: 'unseen' }, ` of ${title}`)]), h('ul', links)]),
    ]);
  });
  return h('nav', { id: 'contents', ariaLabel: 'Contents' }, [h('ul', items)]);
}

/** What is in each page, at the top. */
export function index(pages: readonly Page[], placeOf: PlaceOf): Element {
  const items = pages.flatMap(({ entry: { name, summary }, title }) => [
    h('dt', [link(placeOf(name), title)]),
    h('dd', summary),
  ]);
  return h('dl', { class: 'index' }, items);
}

const link = (place: string, text: string): Element => h('a', { href: `#${place}` }, text);
