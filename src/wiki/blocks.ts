import type { RootContent } from 'mdast';

import { parsePage } from '../docs/dialect.ts';
import { expandPage } from '../docs/expand.ts';
import type { Facts } from '../docs/facts.ts';
import { makePages } from '../docs/index.ts';
import { blocksText } from '../docs/mediawiki/blocks.ts';
import { wikitextOf } from '../docs/mediawiki/index.ts';
import { renderTemplate } from '../docs/render.ts';
import type { Templates } from '../docs/render.ts';
import { pages } from '../docs/pages.ts';
import type { Page, PageEntry } from '../docs/types.ts';

/** A block of a page: as its template gives it, and as a wiki has it. */
export interface Block {
  readonly markdown: string;
  readonly wikitext: string;
  /** A file, what a command printed, a picture: no words of it stand in a template. */
  readonly isGenerated: boolean;
}

/** The blocks of a page, whose wikitext is `rendered`, in order. */
export function blocksOf({ entry }: Page, facts: Facts, rendered: string): readonly Block[] {
  const markdown = renderTemplate(entry.template, facts);
  const [, ...nodes] = parsePage(entry.name, markdown).children;
  const blocks = nodes.map((node) => ({
    markdown: markdown.slice(node.position?.start.offset, node.position?.end.offset),
    wikitext: wikitext(entry.name, facts, [node]),
    isGenerated: node.type === 'leafDirective',
  }));
  const shown = blocks.filter((block) => block.wikitext !== '');
  // Before the first one a wiki may be told how the page is called.
  const title = /^\{\{DISPLAYTITLE:[^\n]*/u.exec(rendered)?.[0];
  return title === undefined ? shown : [{ markdown: '', wikitext: title, isGenerated: true }, ...shown];
}

/** The wikitext of a page, with other templates. @throws Error for a page that they do not give. */
export function renderedWith(entry: PageEntry, facts: Facts, templates: Templates): string {
  const page = makePages(facts, pages, templates).find((each) => each.entry.name === entry.name);
  if (page === undefined) throw new Error(`there is no page ${entry.name}`);
  return wikitextOf(page);
}

/** undefined for what is not of the dialect. */
export function wikitextOfMarkdown(page: string, facts: Facts, markdown: string): string | undefined {
  try {
    const [, ...nodes] = parsePage(page, `# Title\n\n${markdown}`).children;
    return wikitext(page, facts, nodes);
  } catch {
    return undefined;
  }
}

function wikitext(page: string, facts: Facts, nodes: RootContent[]): string {
  return blocksText(expandPage(page, { type: 'root', children: nodes }, facts).children);
}

/** Blocks of a page as one text, in which a paragraph is the same wherever its lines end. */
export function pageText(blocks: readonly string[]): string {
  const text = blocks.filter((block) => block !== '').join('\n\n');
  return text
    .replaceAll(/[^\S\n]*\n(?![*#=:;{|\n])/gu, (end, at: number) => (text[at - 1] === '\n' ? end : ' '))
    .trim();
}
