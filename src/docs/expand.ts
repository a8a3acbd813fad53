import type { Code, Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import type { ContainerDirective, TextDirective } from 'mdast-util-directive';
import { toString } from 'mdast-util-to-string';

import { attributesOf } from './attributes.ts';
import { PageError } from './dialect.ts';
import type { Facts } from './facts.ts';
import { expandLeaf } from './leaves.ts';
import { replay, runBoxes } from './run.ts';
import { admonitionKinds, markKinds } from './types.ts';
import type { Box } from './types.ts';

/** The page that is expanded. */
interface Here {
  readonly page: string;
  readonly facts: Facts;
  readonly next: ReturnType<typeof replay>;
}

/**
 * The tree without directives: boxes, marks and links of ours in their place. Links are not looked up here, since other
 * pages may not be there yet.
 * @throws PageError for anything that a directive names and that there is not.
 */
export function expandPage(page: string, root: Root, facts: Facts): Root {
  const next = replay(page, facts.transcripts);
  return { ...root, children: blocks(root.children, { page, facts, next }) };
}

function blocks(nodes: readonly RootContent[], here: Here): RootContent[] {
  return nodes.flatMap((node) => block(node, here));
}

function block(node: RootContent, here: Here): RootContent[] {
  if (node.type === 'leafDirective') return expandLeaf(here.page, node, here.facts);
  if (node.type === 'containerDirective') return [admonition(node, here)];
  if (node.type === 'code' && node.lang === 'run') return runBoxes(here.page, node, here.facts, here.next);
  if (node.type === 'code') return [fence(node, here)];
  if (node.type === 'textDirective') return [inline(node, here)];
  return [inside(node, here)];
}

/** The children of any node are of the kinds that it may have: what a directive becomes stands where one may. */
function inside<Node extends Nodes>(node: Node, here: Here): Node {
  if (!('children' in node)) return node;
  return { ...node, children: blocks(node.children as RootContent[], here) };
}

function admonition(node: ContainerDirective, here: Here): RootContent {
  const kind = admonitionKinds.find((each) => each === node.name);
  if (kind === undefined) throw new PageError(here.page, node, `there is no directive :::${node.name}`);
  attributesOf(here.page, node).end();
  return { type: 'admonition', kind, children: blocks(node.children, here) };
}

function inline(node: TextDirective, here: Here): PhrasingContent {
  const kind = markKinds.find((each) => each === node.name);
  const attributes = attributesOf(here.page, node);
  if (kind !== undefined) {
    attributes.end();
    const value = toString(node);
    if (value === '') throw new PageError(here.page, node, `:${node.name} has nothing to show`);
    return { type: 'mark', kind, value };
  }
  if (node.name !== 'page')
    throw new PageError(here.page, node, `there is no directive :${node.name}; a colon in text is written \\:`);
  const page = attributes.need('name');
  const section = attributes.find('section');
  attributes.end();
  const label = node.children.map((child) => inside(child, here));
  const children: PhrasingContent[] = label.length === 0 ? [{ type: 'text', value: section ?? page }] : label;
  return { type: 'pageLink', page, ...(section === undefined ? {} : { section }), children };
}

/** ```` ```root ```` and ```` ```user ```` hold commands without their output, a line each; ```` ```file PATH ```` a file. */
function fence(node: Code, { page }: Here): Box {
  const { lang, meta, value, position } = node;
  const box = { type: 'box', ...(position === undefined ? {} : { position }) } as const;
  if (lang === 'root' || lang === 'user') return { ...box, kind: lang, commands: value.split('\n'), text: '' };
  if (lang === 'file') {
    const title = meta?.trim() ?? '';
    if (!title.startsWith('/')) throw new PageError(page, node, 'a fence of a file needs its path: ```file PATH');
    return { ...box, kind: 'file', title, text: `${value}\n` };
  }
  const title = /^title="(?<title>[^"]+)"$/u.exec(meta ?? '')?.groups?.['title'];
  return { ...box, kind: 'code', ...(title === undefined ? {} : { title }), text: `${value}\n` };
}
