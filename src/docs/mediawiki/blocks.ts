import type { List, ListItem, RootContent, Table } from 'mdast';

import { quoteWikiAttribute, quoteWikiText } from '../../base/quote/index.ts';
import type { Admonition, AdmonitionKind, Drawing, InfoBox, SeeAlso } from '../types.ts';
import { boxText } from './boxes.ts';
import { inlineText, pageLinkText } from './inline.ts';
import { fileName } from './names.ts';

/** Blocks with an empty line between them. */
export function blocksText(nodes: readonly RootContent[]): string {
  return nodes.map((node) => block(node)).join('\n\n');
}

/** @throws Error for a node that the dialect has not. */
function block(node: RootContent): string {
  if (node.type === 'heading') return heading(node.depth, inlineText(node.children));
  if (node.type === 'paragraph') return inlineText(node.children);
  if (node.type === 'list') return list(node, '').join('\n');
  if (node.type === 'table') return table(node);
  if (node.type === 'box') return boxText(node);
  if (node.type === 'drawing') return drawing(node);
  if (node.type === 'admonition') return admonition(node);
  if (node.type === 'seeAlso') return seeAlso(node);
  if (node.type === 'infoBox') return infoBox(node);
  throw new Error(`a wiki page has no block ${node.type}`);
}

function heading(depth: number, text: string): string {
  const bars = '='.repeat(depth);
  return `${bars} ${text} ${bars}`;
}

/** A line an item; what is more than a line would end the list. */
function list({ ordered, children }: List, outer: string): readonly string[] {
  const bullets = `${outer}${ordered === true ? '#' : '*'}`;
  return children.flatMap((item) => listItem(item, bullets));
}

function listItem({ children }: ListItem, bullets: string): readonly string[] {
  const [first, ...others] = children;
  if (first?.type !== 'paragraph') throw new Error('an item of a list begins with a line of text');
  const inner = others.flatMap((node) => {
    if (node.type !== 'list') throw new Error(`an item of a list holds a line of text and lists, no ${node.type}`);
    return list(node, bullets);
  });
  return [`${bullets} ${inlineText(first.children)}`, ...inner];
}

/** A line a cell: nothing in a cell is taken for the next one. */
function table({ children: [head, ...rows] }: Table): string {
  const titles = (head?.children ?? []).map(({ children }) => `! ${inlineText(children)}`);
  const body = rows.map(({ children }) =>
    ['|-', ...children.map((cell) => `| ${inlineText(cell.children)}`)].join('\n'),
  );
  return ['{| class="wikitable"', ...titles, ...body, '|}'].join('\n');
}

/** As wide as a page; a wiki shows a PNG of it, and the picture itself behind that. */
function drawing({ name, title, alt }: Drawing): string {
  return `[[File:${fileName(name)}|frame|none|alt=${quoteWikiAttribute(alt)}|${quoteWikiText(title)}]]`;
}

const admonitionTemplates: Readonly<Record<AdmonitionKind, string>> = {
  note: 'Note',
  tip: 'Tip',
  important: 'Important',
  warning: 'Warning',
};

/** `1=`, because an address in it may hold a sign of equality. */
function admonition({ kind, children }: Admonition): string {
  return `{{${admonitionTemplates[kind]}|1=${blocksText(children)}}}`;
}

function seeAlso({ page, section }: SeeAlso): string {
  if (section === undefined) return `{{See also|${page}}}`;
  return `See also: ${pageLinkText(page, section, quoteWikiText(`${page}, ${section}`))}`;
}

function infoBox({ homepage, package: name }: InfoBox): string {
  return `{{InfoBox stack|{{InfoBox homepage|1=${homepage}}}|{{InfoBox package|${name}}}}}`;
}
