import { createHash } from 'node:crypto';

import type { Element, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';

import { drawingsOf } from '../drawings.ts';
import type { Form, Page } from '../types.ts';
import { articleOf } from './article.ts';
import { assets } from './assets.generated.ts';
import { drawingStyle } from './drawing.ts';
import { index, navigation } from './navigation.ts';
import { placesOf } from './places.ts';

/** One file with every page in it, for a browser: it asks no network for anything, and is read without its script too. */
export const htmlForm: Form = {
  name: 'html',
  files: (pages) => [{ path: 'index.html', content: `${toHtml(documentOf(pages))}\n` }],
};

/** Of several pages that of all; one alone is what its own says. */
function titleOf(pages: readonly Page[]): string {
  const [first] = pages;
  return first !== undefined && pages.length === 1 ? `rc-lxc: ${first.title}` : 'Documentation of rc-lxc';
}

function documentOf(pages: readonly Page[]): Root {
  // Drawings have one style between them.
  const styles = new Set(drawingsOf(pages).map((drawing) => drawingStyle(drawing)));
  const style = [...styles, assets['style.css']].join('\n');
  const script = assets['script.js'];
  return {
    type: 'root',
    children: [
      { type: 'doctype' },
      h('html', { lang: 'en' }, [
        h('head', [
          h('meta', { charSet: 'utf-8' }),
          h('meta', { httpEquiv: 'Content-Security-Policy', content: policy(style, script) }),
          h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
          h('meta', { name: 'color-scheme', content: 'light dark' }),
          h('title', titleOf(pages)),
          // A browser would ask the server for one.
          h('link', { rel: 'icon', href: 'data:,' }),
          h('style', style),
        ]),
        h('body', [...body(pages), h('script', script)]),
      ]),
    ],
  };
}

/** Nothing is loaded, and nothing runs but what is written here. */
function policy(style: string, script: string): string {
  return `default-src 'none'; img-src data:; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
}

function body(pages: readonly Page[]): Element[] {
  const placeOf = placesOf(pages);
  return [
    h('a', { class: 'skip', href: '#content' }, 'Skip to the text'),
    h('header', [
      h('a', { class: 'home', href: '#content' }, 'rc-lxc'),
      search(),
      h('a', { class: 'to-contents', href: '#contents' }, 'Contents'),
    ]),
    h('div', { class: 'columns' }, [
      navigation(pages, placeOf),
      h('main', { id: 'content', tabIndex: -1 }, [
        h('h1', titleOf(pages)),
        ...(pages.length > 1 ? [index(pages, placeOf)] : []),
        ...pages.map((page) => articleOf(page, placeOf)),
      ]),
    ]),
  ];
}

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Hidden until the script is there that answers. */
function search(): Element {
  return h('form', { id: 'search', role: 'search', hidden: true }, [
    h('label', { class: 'unseen', htmlFor: 'words' }, 'Search all sections'),
    h('input', { id: 'words', type: 'search', placeholder: 'Search', autoComplete: 'off', ariaKeyShortcuts: '/' }),
    h('p', { id: 'count', class: 'unseen', role: 'status' }),
    h('ol', { id: 'found', hidden: true }),
  ]);
}
