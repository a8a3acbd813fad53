import type { PhrasingContent } from 'mdast';

import { quoteWikiArgument, quoteWikiText } from '../../base/quote/index.ts';
import type { MarkKind } from '../types.ts';
import { linkTarget } from './names.ts';

const markTemplates: Readonly<Record<MarkKind, string>> = { path: 'Path', package: 'Package', useflag: 'USEflag' };

/** A line of wikitext. */
export function inlineText(nodes: readonly PhrasingContent[]): string {
  return nodes.map((node, at) => (node.type === 'text' ? quoteWikiText(node.value, at === 0) : one(node))).join('');
}

/** @throws Error for a node that the dialect has not. */
function one(node: PhrasingContent): string {
  if (node.type === 'inlineCode') return `{{c|${quoteWikiArgument(node.value)}}}`;
  if (node.type === 'emphasis') return `''${inlineText(node.children)}''`;
  if (node.type === 'strong') return `'''${inlineText(node.children)}'''`;
  if (node.type === 'mark') return `{{${markTemplates[node.kind]}|${quoteWikiArgument(node.value)}}}`;
  if (node.type === 'link') return `[${address(node.url)} ${inlineText(node.children)}]`;
  if (node.type === 'pageLink') return pageLinkText(node.page, node.section, inlineText(node.children));
  throw new Error(`a wiki page has no ${node.type} in a line`);
}

export function pageLinkText(page: string, section: string | undefined, label: string): string {
  return `[[${linkTarget(page, section)}|${label}]]`;
}

/** Nothing in it ends the address, or an argument of a template. */
function address(url: string): string {
  return new URL(url).href.replaceAll(
    /[[\]{}|<>"'\s]/gu,
    (character) => `%${character.codePointAt(0)?.toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
