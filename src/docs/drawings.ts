import type { Nodes } from 'mdast';

import type { Drawing, Page } from './types.ts';

/** Every drawing that the pages show, each once, in the order of their names. */
export function drawingsOf(pages: readonly Page[]): readonly Drawing[] {
  const found = new Map<string, Drawing>();
  for (const { root } of pages) collect(root, found);
  return [...found.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function collect(node: Nodes, found: Map<string, Drawing>): void {
  if (node.type === 'drawing') found.set(node.name, node);
  if ('children' in node) for (const child of node.children) collect(child, found);
}
