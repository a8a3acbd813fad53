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

describe('the pages', () => {
  it.each(capabilities)('have one for %s, which names it', (capability, words) => {
    const covering = pages.filter(({ covers }) => covers.includes(capability));
    expect(
      covering.map(({ name }) => name),
      `write of ${capability} on a page, and add it to what that covers in src/docs/pages.ts`,
    ).toHaveLength(1);
    for (const word of words) expect(textOf.get(covering[0]?.name ?? '')).toContain(word);
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
