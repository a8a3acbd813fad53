import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { docsFormats } from '../../src/commands/docs.ts';
import { factsOf } from '../../src/commands/docs/program.ts';
import { compareDocs } from '../../src/docs/check.ts';
import { forms } from '../../src/docs/forms.ts';
import { makePages } from '../../src/docs/index.ts';
import { markdownForm } from '../../src/docs/markdown/index.ts';
import { pages } from '../../src/docs/pages.ts';
import { unrecordedSessions } from '../../src/docs/run.ts';
import type { PageEntry } from '../../src/docs/types.ts';
import metadata from '../../package.json' with { type: 'json' };
import { boxesOf } from '../lab/support/wiki-boxes.ts';

const root = join(import.meta.dirname, '../..');
const facts = await factsOf(metadata);
const made = makePages(facts);
const files = markdownForm.files(made);

/** The Markdown of a page, by its name. */
const textOf = new Map(
  pages.map(({ name, file }) => [name, files.find(({ path }) => path === `${file}.md`)?.content ?? ''] as const),
);

/** Everything that some page must be for, and the words that name it there. */
const capabilities: readonly (readonly [capability: string, words: readonly string[]])[] = [
  ...facts.commands.map(({ name }) => [`command:${name}`, [`rc-lxc ${name}`]] as const),
  ...facts.sections.map(({ kind }) => [`section:${kind}`, [`[${kind}`]] as const),
  ...facts.types.map(({ name }) => [`type:${name}`, [`type = ${name}`]] as const),
  ...facts.outputs.map(({ name, paths }) => [`output:${name}`, paths] as const),
];

/** What is wanting for a capability; undefined when a page is for it and names it. */
function wanting(
  capability: string,
  words: readonly string[],
  entries: readonly PageEntry[] = pages,
): string | undefined {
  const covering = entries.filter(({ covers }) => covers.includes(capability));
  const [page] = covering;
  if (page === undefined || covering.length > 1)
    return `${covering.length} pages are for ${capability}: write of it on one, and add it to what that covers in src/docs/pages.ts`;
  const missing = words.filter((word) => textOf.get(page.name)?.includes(word) !== true);
  return missing.length === 0 ? undefined : `${page.name} does not name ${missing.join(', ')}`;
}

describe('the pages', () => {
  it.each(capabilities)('have one for %s, which names it', (capability, words) => {
    expect(wanting(capability, words)).toBeUndefined();
  });

  it('are found wanting for a capability that none is for, that two are for, or that its page does not name', () => {
    expect(wanting('command:teleport', ['rc-lxc teleport'])).toContain('0 pages are for command:teleport');
    const covers = ['command:teleport'];
    const claiming = pages.map((page) => ({ ...page, covers }));
    expect(wanting('command:teleport', [], claiming)).toContain('pages are for command:teleport');
    expect(wanting('command:teleport', ['rc-lxc teleport'], claiming.slice(0, 1))).toBe(
      'LXC/Networking does not name rc-lxc teleport',
    );
  });

  it('tell of every option of a command, every check of doctor, every peer and every form', () => {
    const all = [...textOf.values()].join('\n');
    const options = facts.commands.flatMap((command) => command.options.map(({ flags }) => flags));
    const checks = facts.checks.map(({ name }) => name);
    const peers = facts.peers.map(({ form }) => form);
    const told = [...options, ...checks, ...peers].map((word) => `\`${word}\``);
    expect([...told, ...docsFormats].filter((word) => !all.includes(word))).toEqual([]);
  });

  it('say of each USE flag of the overlay what it does', () => {
    const text = textOf.get('rc-lxc') ?? '';
    for (const { atom, flags } of facts.packages)
      for (const { name } of flags) expect(text).toContain(`| \`${atom}\` | \`${name}\` | `);
  });

  it('cover nothing that there is not', () => {
    const known = new Set(capabilities.map(([capability]) => capability));
    expect(pages.flatMap(({ covers }) => covers).filter((each) => !known.has(each))).toEqual([]);
  });

  it.each(pages.map((page) => [page.name, page] as const))(
    '%s has a summary of one sentence, a name and a file of its own',
    (name, { summary, file }) => {
      expect(summary).toMatch(/^[A-Z][^.]{20,}\.$/u);
      expect(pages.filter((page) => page.name === name || page.file === file)).toHaveLength(1);
    },
  );

  it('have a title that is their name', () => {
    expect(made.map(({ title }) => title)).toEqual(pages.map(({ name }) => name));
  });

  it('show every key of every section, and every example', () => {
    const all = [...textOf.values()].join('\n');
    for (const { keys } of facts.sections) for (const { key } of keys) expect(all).toContain(`\`${key}\``);
    for (const { text } of facts.examples.values()) expect(all).toContain(text);
  });

  it('show no command that is not run, and nothing that was recorded of other commands', () => {
    const commands = made.flatMap((page) => boxesOf(page)).filter(({ kind }) => kind === 'root' || kind === 'user');
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.filter(({ from }) => from === undefined).map((box) => box.commands)).toEqual([]);
    expect(unrecordedSessions(facts)).toEqual([]);
  });

  it('are in the repository as they are rendered: run rc-lxc docs update', () => {
    const read = (path: string): string => readFileSync(join(root, 'docs', path), 'utf8');
    expect(compareDocs(files, read, [])).toEqual([]);
  });
});

describe('every form', () => {
  it('is one that the command names', () => {
    expect(forms.map(({ name }) => name)).toEqual(docsFormats);
  });

  it.each(forms.map((form) => [form.name, form] as const))(
    '%s writes each file once, the same each time',
    (_, form) => {
      const once = form.files(made);
      expect(new Set(once.map(({ path }) => path)).size).toBe(once.length);
      expect(form.files(makePages(facts))).toEqual(once);
    },
  );
});
