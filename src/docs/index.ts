import type { Nodes } from 'mdast';
import { toString } from 'mdast-util-to-string';

import { PageError, parsePage } from './dialect.ts';
import { expandPage } from './expand.ts';
import type { Facts } from './facts.ts';
import { pages } from './pages.ts';
import { docsTemplates, renderTemplate } from './render.ts';
import type { Templates } from './render.ts';
import type { Drawing, Page, PageEntry } from './types.ts';

/**
 * Every page, expanded, with its links looked up. Pure: the same facts give the same pages. `known`: what to take the
 * templates from.
 * @throws PageError for a mistake of ours in a template, with the page and the line of its Markdown.
 */
export function makePages(
  facts: Facts,
  entries: readonly PageEntry[] = pages,
  known: Templates = docsTemplates,
): readonly Page[] {
  const made = entries.map((entry) => pageOf(entry, facts, renderTemplate(entry.template, facts, { known })));
  const sections = new Map(made.map((page) => [page.entry.name, new Set(page.sections)]));
  for (const { entry, root } of made) checkLinks(entry.name, root, sections);
  return made;
}

/**
 * A page of Markdown at hand, apart from all others. `drawing` stands before its
 * first section.
 * @throws PageError for a mistake of ours.
 */
export function makePage(entry: PageEntry, facts: Facts, markdown: string, drawing: Drawing): Page {
  const page = pageOf(entry, facts, markdown);
  checkLinks(entry.name, page.root, new Map([[entry.name, new Set(page.sections)]]));
  const { children } = page.root;
  const at = children.findIndex((node) => node.type === 'heading' && node.depth === 2);
  return { ...page, root: { ...page.root, children: children.toSpliced(at, 0, drawing) } };
}

/** One page of Markdown at hand; its links to other pages are not looked up. */
function pageOf(entry: PageEntry, facts: Facts, markdown: string): Page {
  const root = expandPage(entry.name, parsePage(entry.name, markdown), facts);
  const headings = root.children.flatMap((node) => (node.type === 'heading' ? [node] : []));
  const [title = '', ...sections] = headings.map((heading) => toString(heading));
  const twice = sections.find((section, at) => sections.indexOf(section) !== at);
  if (twice !== undefined) throw new PageError(entry.name, undefined, `two sections are called ${twice}`);
  return { entry, title, sections, root };
}

function checkLinks(page: string, node: Nodes, sections: ReadonlyMap<string, ReadonlySet<string>>): void {
  if (node.type === 'pageLink' || node.type === 'seeAlso') {
    const target = sections.get(node.page);
    if (target === undefined) throw new PageError(page, node, `there is no page ${node.page}`);
    if (node.section !== undefined && !target.has(node.section))
      throw new PageError(page, node, `${node.page} has no section ${node.section}`);
  }
  if ('children' in node) for (const child of node.children) checkLinks(page, child, sections);
}
