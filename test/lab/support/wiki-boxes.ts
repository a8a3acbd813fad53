import { load } from 'cheerio';
import type { Nodes } from 'mdast';

import type { Box, Page } from '../../../src/docs/types.ts';

/** A box as a reader finds it in a rendered page: the commands, and the text below them or in it. */
export interface ShownBox {
  readonly commands: readonly string[];
  readonly text: string;
}

/** Every box of a page that the stand-ins for Gentoo's templates have made, in order. */
export function shownBoxes(html: string): readonly ShownBox[] {
  const page = load(html);
  return page('.box')
    .toArray()
    .map((box) => ({
      commands: page(box)
        .find('.cmd')
        .toArray()
        .map((command) => page(command).text()),
      text: page(box).find('pre').text(),
    }));
}

/** The boxes of a page, in order, as they must be shown. */
export function boxesOf({ root }: Page): readonly Box[] {
  const found: Box[] = [];
  collect(root, found);
  return found;
}

function collect(node: Nodes, found: Box[]): void {
  if (node.type === 'box') found.push(node);
  if ('children' in node) for (const child of node.children) collect(child, found);
}

/** What must not be in a rendered page: an argument that was not given, a mark of the parser's that leaked, a link to nothing. */
export const leaked = /\{\{\{|UNIQ-|QINU|class="[^"]*\bnew\b[^"]*"[^>]*>Template:|Template:[^"]*redlink/u;
