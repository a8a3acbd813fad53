import type { RootContent } from 'mdast';
import type { LeafDirective } from 'mdast-util-directive';

import { drawHost } from '../drawing/index.ts';
import { attributesOf } from './attributes.ts';
import type { Attributes } from './attributes.ts';
import { PageError } from './dialect.ts';
import { exampleFile, examplePath, exampleWith } from './examples.ts';
import type { Example } from './examples.ts';
import type { Facts } from './facts.ts';
import { kernelText } from './kernel-text.ts';

/** What a leaf directive is expanded with. */
interface Leaf {
  readonly facts: Facts;
  readonly attributes: Attributes;
}

/** Each leaf directive by its name. */
const leaves: Readonly<Record<string, (leaf: Leaf) => RootContent[]>> = {
  file: ({ facts, attributes }) => {
    const links = attributes.find('links');
    const found = exampleOf(facts, attributes);
    const example = links === undefined ? found : exampleWith(found, links);
    const path = attributes.need('path');
    const text = exampleFile(example, path);
    return [{ type: 'box', kind: 'file', title: path, text, from: { example: example.name } }];
  },
  description: ({ facts, attributes }) => {
    const { name, text } = exampleOf(facts, attributes);
    return [{ type: 'box', kind: 'file', title: examplePath, text, from: { example: name } }];
  },
  drawing: ({ facts, attributes }) => {
    const { name, title, model } = exampleOf(facts, attributes);
    const { description, svg } = drawHost(model, { name, title });
    return [{ type: 'drawing', name, title, alt: description, svg }];
  },
  kernel: ({ facts, attributes }) => {
    const features = attributes.need('feature').split(/[\s,]+/u);
    const title = attributes.find('title');
    const text = kernelText(facts.kernel, features);
    return [{ type: 'box', kind: 'kernel', ...(title === undefined ? {} : { title }), text }];
  },
  infobox: ({ facts, attributes }) => {
    const name = attributes.need('package');
    const found = facts.packages.find((each) => each.name === name);
    if (found === undefined) throw new Error(`the overlay has no package ${name}`);
    return [{ type: 'infoBox', homepage: found.homepage, package: found.atom }];
  },
  see: ({ attributes }) => {
    const page = attributes.need('page');
    const section = attributes.find('section');
    return [{ type: 'seeAlso', page, ...(section === undefined ? {} : { section }) }];
  },
};

/** @throws PageError for a directive that there is not, and for what one names that there is not. */
export function expandLeaf(page: string, node: LeafDirective, facts: Facts): RootContent[] {
  const expand = leaves[node.name];
  if (expand === undefined) throw new PageError(page, node, `there is no directive ::${node.name}`);
  if (node.children.length > 0) throw new PageError(page, node, `::${node.name} has no label`);
  const attributes = attributesOf(page, node);
  try {
    const nodes = expand({ facts, attributes });
    attributes.end();
    for (const each of nodes) if (node.position !== undefined) each.position = node.position;
    return nodes;
  } catch (error) {
    if (error instanceof PageError || !(error instanceof Error)) throw error;
    throw new PageError(page, node, error.message);
  }
}

function exampleOf(facts: Facts, attributes: Attributes): Example {
  const name = attributes.need('example');
  const example = facts.examples.get(name);
  if (example === undefined) throw new Error(`there is no example ${name}`);
  return example;
}
