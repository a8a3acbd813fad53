import { toMarkdown } from 'mdast-util-to-markdown';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import type { Root } from 'mdast';

import type { Form, Page, RenderedFile } from '../types.ts';
import { drawingsOf } from '../drawings.ts';
import { plainBlocks } from './plain.ts';
import { pageLinks } from './links.ts';

/** For a person who reads the repository, or a host without a browser; as the repository holds it in docs/. */
export const markdownForm: Form = {
  name: 'markdown',
  files(pages) {
    const link = pageLinks(pages);
    return [
      // One page needs no list of pages.
      ...(pages.length > 1 ? [index(pages)] : []),
      ...pages.map(({ entry, root }) => ({
        path: `${entry.file}.md`,
        content: written({ ...root, children: plainBlocks(root.children, link) }),
      })),
      ...drawingsOf(pages).map(({ name, svg }) => ({ path: `drawings/${name}.svg`, content: svg })),
    ];
  },
};

function index(pages: readonly Page[]): RenderedFile {
  const root: Root = {
    type: 'root',
    children: [
      { type: 'heading', depth: 1, children: [{ type: 'text', value: 'Documentation of rc-lxc' }] },
      {
        type: 'paragraph',
        children: [
          { type: 'text', value: 'These pages are rendered; ' },
          { type: 'inlineCode', value: 'rc-lxc docs check' },
          { type: 'text', value: ' finds what is out of date, and ' },
          { type: 'inlineCode', value: 'rc-lxc docs update' },
          { type: 'text', value: ' writes it. Their sources are in templates/docs/.' },
        ],
      },
      {
        type: 'list',
        spread: false,
        children: pages.map(({ entry, title }) => ({
          type: 'listItem',
          spread: false,
          children: [
            {
              type: 'paragraph',
              children: [
                { type: 'link', url: `${entry.file}.md`, children: [{ type: 'text', value: title }] },
                { type: 'text', value: `: ${entry.summary}` },
              ],
            },
          ],
        })),
      },
    ],
  };
  return { path: 'README.md', content: written(root) };
}

function written(root: Root): string {
  return toMarkdown(root, {
    bullet: '-',
    rule: '-',
    emphasis: '_',
    fences: true,
    resourceLink: true,
    extensions: [gfmTableToMarkdown({ tablePipeAlign: false })],
  });
}
