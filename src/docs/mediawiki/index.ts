import { drawingsOf } from '../drawings.ts';
import type { Form, Page } from '../types.ts';
import { blocksText } from './blocks.ts';
import { fileName } from './names.ts';

/** For a wiki that has the templates of Gentoo's: a page a file, between the comments that tell what is ours on a wiki. */
export const mediawikiForm: Form = {
  name: 'mediawiki',
  files: (pages) => [
    ...pages.map((page) => ({ path: `${page.entry.file}.wiki`, content: between(page) })),
    ...drawingsOf(pages).map(({ name, svg }) => ({ path: fileName(name), content: svg })),
  ],
};

/** The wikitext of a page, without its title, which a wiki shows by itself, and without the marks around it. */
export function wikitextOf({ entry, root }: Page): string {
  const [, ...blocks] = root.children;
  // A wiki begins every name with a capital.
  const title = /^\p{Ll}/u.test(entry.name) ? `{{DISPLAYTITLE:${entry.name}}}\n\n` : '';
  return `${title}${blocksText(blocks)}\n`;
}

export function beginMark(page: string): string {
  return `<!-- rc-lxc:begin ${page} -->`;
}

export function endMark(page: string): string {
  return `<!-- rc-lxc:end ${page} -->`;
}

function between(page: Page): string {
  return `${beginMark(page.entry.name)}\n${wikitextOf(page)}${endMark(page.entry.name)}\n`;
}
