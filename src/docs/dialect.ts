import type { Nodes, Root } from 'mdast';
import { directiveFromMarkdown } from 'mdast-util-directive';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { directive } from 'micromark-extension-directive';
import { gfmTable } from 'micromark-extension-gfm-table';

/** A mistake of ours in a template: the page, and the line of the Markdown that its template gives. */
export class PageError extends Error {
  constructor(page: string, node: Nodes | undefined, message: string) {
    super(`${page}:${node?.position?.start.line ?? 1}: ${message}`);
    this.name = 'PageError';
  }
}

/** CommonMark, of which pages use these; tables of GFM, and directives. */
const usual = new Set<string>([
  'root',
  'heading',
  'paragraph',
  'text',
  'emphasis',
  'strong',
  'inlineCode',
  'code',
  'link',
  'list',
  'listItem',
  'table',
  'tableRow',
  'tableCell',
  'textDirective',
  'leafDirective',
  'containerDirective',
]);

/**
 * The Markdown of a page as a tree, directives and all.
 * @throws PageError for what no form could show: HTML, images, definitions, quotes, rules, and a page whose title is not
 * its first line.
 */
export function parsePage(page: string, text: string): Root {
  const root = fromMarkdown(text, {
    extensions: [gfmTable(), directive()],
    mdastExtensions: [gfmTableFromMarkdown(), directiveFromMarkdown()],
  });
  const [first, ...others] = root.children;
  if (first?.type !== 'heading' || first.depth !== 1)
    throw new PageError(page, first, 'a page begins with its title: #');
  const second = others.find((node) => node.type === 'heading' && node.depth === 1);
  if (second !== undefined) throw new PageError(page, second, 'a page has one title');
  refuseUnusual(page, root);
  return root;
}

function refuseUnusual(page: string, node: Nodes): void {
  if (!usual.has(node.type)) throw new PageError(page, node, `pages have no ${node.type}`);
  if ('children' in node) for (const child of node.children) refuseUnusual(page, child);
}
