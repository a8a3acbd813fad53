import { hasErrors } from '../base/errors.ts';
import { formatProblems } from '../base/report.ts';
import { desiredTree } from '../outputs/index.ts';
import type { HostFacts, HostModel } from '../resolve/model.ts';
import { resolve } from '../resolve/resolve.ts';
import { parseSource } from '../source/parse.ts';
import type { DesiredTree } from '../tree/types.ts';
import { examples as texts } from './templates.generated.ts';

/** A description that pages show, with all that follows from it. */
export interface Example {
  readonly name: string;
  /** The comment at its top: a sentence. */
  readonly title: string;
  /** As it stands in /etc/rc-lxc/host.ini. */
  readonly text: string;
  readonly model: HostModel;
  readonly tree: DesiredTree;
}

/** The host that pages are for, where an example is silent: Gentoo with the LXC that pages speak of. */
const exampleFacts: HostFacts = {
  installedLxc: '7.0.0',
  newuidmap: true,
  netifrc: true,
  cgroup1Controllers: [],
};

/** Who makes the host's interfaces, where the reader's host has no netifrc or does without. */
const others = { iproute2: { ...exampleFacts, netifrc: false } } as const;

/** Where a reader puts a description. */
export const examplePath = '/etc/rc-lxc/host.ini';

/**
 * Every example by its name, resolved as `rc-lxc check` would.
 * @throws Error for one with mistakes, and for one that does not begin with a comment that says what it is.
 */
export function resolveExamples(all: Readonly<Record<string, string>> = texts): ReadonlyMap<string, Example> {
  return new Map(Object.entries(all).map(([name, text]) => [name, resolved(name, text)]));
}

function resolved(name: string, text: string): Example {
  const title = /^; (?<title>.+)\n/u.exec(text)?.groups?.['title'];
  if (title === undefined) throw new Error(`example ${name}: its first line is a comment that says what it is`);
  return { name, title, text, ...modelAndTree(name, text, exampleFacts) };
}

function modelAndTree(name: string, text: string, facts: HostFacts): Pick<Example, 'model' | 'tree'> {
  const { model, problems } = resolve(parseSource([{ path: examplePath, text }]), facts);
  if (model === undefined || hasErrors(problems)) throw new Error(`example ${name}:\n${formatProblems(problems)}`);
  return { model, tree: desiredTree(model) };
}

/**
 * The example on a host whose interfaces are made by `links`.
 * @throws Error for one that there is not.
 */
export function exampleWith(example: Example, links: string): Example {
  if (!(links in others)) throw new Error(`links is one of ${Object.keys(others).join(', ')}`);
  const facts = others[links as keyof typeof others];
  return { ...example, ...modelAndTree(example.name, example.text, facts) };
}

/**
 * A file of an example's tree, whole; of a file that holds more than ours, our lines.
 * @throws Error when there is no such file, or it is a link.
 */
export function exampleFile({ name, tree }: Example, path: string): string {
  const file = tree.files.find((each) => each.path === path);
  if (file === undefined) {
    const near = tree.files.map((each) => each.path).join(', ');
    throw new Error(`example ${name} has no file ${path}; it has ${near}`);
  }
  if (file.kind === 'link') throw new Error(`example ${name}: ${path} is a link to ${file.target}`);
  return file.kind === 'file' ? file.content : file.lines.map((line) => `${line}\n`).join('');
}
