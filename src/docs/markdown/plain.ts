import type { BlockContent, Paragraph, PhrasingContent, RootContent } from 'mdast';

import type { Admonition, Box, PageLink } from '../types.ts';
import type { LinkTo } from './links.ts';

/** Our own nodes in those of plain Markdown. */
export function plainBlocks(nodes: readonly RootContent[], link: LinkTo): RootContent[] {
  return nodes.flatMap((node) => plain(node, link));
}

function plain(node: RootContent, link: LinkTo): RootContent[] {
  if (node.type === 'box') return box(node);
  if (node.type === 'drawing')
    return [paragraph({ type: 'image', url: `drawings/${node.name}.svg`, alt: node.alt, title: node.title })];
  if (node.type === 'admonition') return [remark(node, link)];
  if (node.type === 'infoBox') return [];
  if (node.type === 'seeAlso')
    return [paragraph({ type: 'text', value: 'See also: ' }, pageLink(labelled(node.page, node.section), link))];
  if (node.type === 'mark') return [{ type: 'inlineCode', value: node.value }];
  if (node.type === 'pageLink') return [pageLink(node, link)];
  return [inside(node, link)];
}

/** In the way in which GitHub tells these apart; elsewhere it is a quotation with a word before it. */
function remark({ kind, children }: Admonition, link: LinkTo): RootContent {
  const label: PhrasingContent = { type: 'html', value: `[!${kind.toUpperCase()}]` };
  const [first, ...others] = plainBlocks(children, link) as BlockContent[];
  if (first?.type !== 'paragraph') throw new Error('a remark begins with a paragraph');
  return {
    type: 'blockquote',
    children: [paragraph(label, { type: 'text', value: '\n' }, ...first.children), ...others],
  };
}

function inside(node: RootContent, link: LinkTo): RootContent {
  if (!('children' in node)) return node;
  return { ...node, children: plainBlocks(node.children, link) } as RootContent;
}

function paragraph(...children: PhrasingContent[]): Paragraph {
  return { type: 'paragraph', children };
}

function labelled(page: string, section: string | undefined): PageLink {
  const children: PhrasingContent[] = [{ type: 'text', value: section === undefined ? page : `${page}, ${section}` }];
  return { type: 'pageLink', page, ...(section === undefined ? {} : { section }), children };
}

function pageLink({ page, section, children }: PageLink, link: LinkTo): PhrasingContent {
  return { type: 'link', url: link(page, section), children: plainBlocks(children, link) as PhrasingContent[] };
}

const languages = { file: '', root: 'console', user: 'console', kernel: 'kconfig', code: '' } as const;

/** A line with its name, and a fence. What a command prints stands below it, as on a terminal. */
function box({ kind, title, commands = [], text }: Box): RootContent[] {
  const prompt = kind === 'root' ? '#' : '$';
  const lines = [...commands.map((command) => `${prompt} ${command}`), ...(text === '' ? [] : [withoutEnd(text)])];
  const name: PhrasingContent =
    kind === 'file' ? { type: 'inlineCode', value: title ?? '' } : { type: 'text', value: title ?? '' };
  return [
    ...(title === undefined ? [] : [paragraph(name, { type: 'text', value: ':' })]),
    { type: 'code', lang: languages[kind], value: lines.join('\n') },
  ];
}

/** The fence gives back the last line's end. */
const withoutEnd = (text: string): string => text.replace(/\n$/u, '');
