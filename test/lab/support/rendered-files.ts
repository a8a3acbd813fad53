import type { RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

import { examplePath } from '../../../src/docs/examples.ts';

/** A description that a page shows, and the files that it shows after it. */
export interface ShownHost {
  readonly page: string;
  readonly description: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** Takes hosts out of a rendered page of Markdown, as a reader does who copies from it: nothing but its text is known. */
export function shownHosts(page: string, markdown: string): readonly ShownHost[] {
  const hosts: { page: string; description: string; files: { path: string; text: string }[] }[] = [];
  const { children } = fromMarkdown(markdown);
  for (const [at, node] of children.entries()) {
    const path = pathAbove(children[at - 1]);
    if (node.type !== 'code' || path === undefined) continue;
    const text = `${node.value}\n`;
    const last = hosts.at(-1);
    if (path === examplePath) hosts.push({ page, description: text, files: [] });
    else if (last === undefined) throw new Error(`${page}: ${path} is shown before any description`);
    else last.files.push({ path, text });
  }
  return hosts;
}

/** A line with a path and a colon names the file in the box below it. */
function pathAbove(node: RootContent | undefined): string | undefined {
  if (node?.type !== 'paragraph' || node.children.length !== 2) return undefined;
  const [path, colon] = node.children;
  if (path?.type !== 'inlineCode' || !path.value.startsWith('/')) return undefined;
  return colon?.type === 'text' && colon.value === ':' ? path.value : undefined;
}
