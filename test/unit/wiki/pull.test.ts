import { applyPatch } from 'diff';
import { assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';

import metadata from '../../../package.json' with { type: 'json' };
import { factsOf } from '../../../src/commands/docs/program.ts';
import { makePages } from '../../../src/docs/index.ts';
import { wikitextOf } from '../../../src/docs/mediawiki/index.ts';
import { docsTemplates } from '../../../src/docs/render.ts';
import type { Templates } from '../../../src/docs/render.ts';
import { changesOf } from '../../../src/wiki/changes.ts';
import { pull } from '../../../src/wiki/pull.ts';
import type { Pulled } from '../../../src/wiki/pull.ts';
import { toMarkdown, transferred } from '../../../src/wiki/to-markdown.ts';

const facts = await factsOf(metadata);
const made = makePages(facts);

const pageOf = (name: string, pages = made) => {
  const page = pages.find(({ entry }) => entry.name === name);
  if (page === undefined) throw new Error(`no page ${name}`);
  return page;
};

const renderedOf = (name: string): string => wikitextOf(pageOf(name));
const rendered = renderedOf('LXC/Migration');
const template = docsTemplates.get('docs/migration') ?? '';

const pulled = (edit: (text: string) => string, base = rendered, name = 'LXC/Migration'): Pulled => {
  const edited = edit(base);
  expect(edited).not.toBe(base);
  return pull(pageOf(name), facts, { rendered: renderedOf(name), base, edited });
};

/** The templates with the patches. */
const patchedTemplates = (patches: readonly string[]): Templates => {
  const all = new Map(docsTemplates);
  for (const patch of patches) {
    const [, name = ''] = /^--- a\/templates\/(\S+)\.md\.ejs\t?\n\+\+\+ b\/templates\/\1\.md\.ejs/u.exec(patch) ?? [];
    const next = applyPatch(all.get(name) ?? '', patch);
    if (next === false) throw new Error('the patch does not apply');
    all.set(name, next);
  }
  return all;
};
const patched = (patches: readonly string[]): string => patchedTemplates(patches).get('docs/migration') ?? '';

/** The page that the patches give. */
const renderedWith = (name: string, patches: readonly string[]): string =>
  wikitextOf(pageOf(name, makePages(facts, undefined, patchedTemplates(patches))));

describe('an edit of a wiki as a patch', { timeout: 60_000 }, () => {
  it('changes words of a paragraph where they stand', () => {
    const { patches, left } = pulled((text) =>
      text.replace('From what older instructions say', 'From what old books say'),
    );
    expect(left).toEqual([]);
    expect(patched(patches)).toBe(template.replace('From what older instructions say', 'From what old books say'));
  });

  it('adds a sentence with code in it, after a line that has some', () => {
    const { patches, left } = pulled((text) =>
      text.replace('brings.', 'brings. Run {{c|rc-status}}, and look at {{Path|/etc/conf.d}}.'),
    );
    expect(left).toEqual([]);
    expect(patched(patches)).toBe(
      template.replace('brings.', 'brings. Run `rc-status`, and look at :path[/etc/conf.d].'),
    );
  });

  it('adds a paragraph, and takes one away', () => {
    const heading = '== What to look at first ==';
    const added = pulled((text) => text.replace(heading, `A paragraph of '''mine'''.\n\n${heading}`));
    expect(added.left).toEqual([]);
    expect(patched(added.patches)).toContain('brings.\n\nA paragraph of **mine**.\n\n## What to look at first\n');
    const first = /From what older[^\n]*(?:\n[^\n]+)*\n\n/u.exec(rendered)?.[0] ?? '';
    const gone = pulled((text) => text.replace(first, ''));
    expect(gone.left).toEqual([]);
    expect(patched(gone.patches)).not.toContain('From what older instructions');
    expect(patched(gone.patches)).toContain('::infobox{package=lxc}\n\n## What to look at first');
  });

  it('renames a section', () => {
    const { patches, left } = pulled((text) => text.replace('== What to look at first ==', '== First of all =='));
    expect(left).toEqual([]);
    expect(patched(patches)).toContain('\n## First of all\n');
  });

  it('leaves what is rendered from something else, and says so', () => {
    const row = /\n\| [^\n]+/u.exec(rendered)?.[0] ?? '';
    const { patches, left } = pulled((text) => text.replace(row, `${row}, or so`));
    expect(patches).toEqual([]);
    expect(left).toMatchObject([
      { why: expect.stringContaining('filled in'), after: expect.stringContaining(', or so') },
    ]);
  });

  it('leaves what the templates have no words for', () => {
    const { patches, left } = pulled((text) => text.replace('brings.', 'brings. {{Emerge|lxc}}'));
    expect(patches).toEqual([]);
    expect(left).toMatchObject([{ why: expect.stringContaining('without a loss') }]);
  });

  it('leaves what a template would take for code', () => {
    const { patches, left } = pulled((text) => text.replace('brings.', 'brings <nowiki><</nowiki>% that.'));
    expect(patches).toEqual([]);
    expect(left).toHaveLength(1);
  });

  it('is brought forward where something else has changed since', () => {
    const base = rendered.replace('== What to look at first ==', '== An older name ==');
    const { patches, left } = pulled((text) => text.replace('older instructions', 'old books'), base);
    expect(left).toEqual([]);
    expect(patched(patches)).toBe(template.replace('older instructions', 'old books'));
    const clash = pulled(
      (text) => text.replace('older instructions', 'old books'),
      rendered.replace('From what older', 'Of older'),
    );
    expect(clash).toMatchObject({ patches: [], left: [{ why: expect.stringContaining('since') }] });
  });

  it('is nothing where the same was rendered meanwhile', () => {
    expect(pull(pageOf('LXC/Migration'), facts, { rendered, base: rendered, edited: rendered })).toEqual({
      patches: [],
      left: [],
    });
  });

  it.each([
    ['LXC/OpenRC', 'a row of a table', '| {{c|SIGUSR2}}', '| {{c|SIGUSR1}}'],
    ['LXC/OpenRC', 'words beside measured ones', 'Rebuilding the cache', 'Making the cache anew'],
    ['rc-lxc', 'words behind ones that are filled in', 'shows what it would', 'tells what it would'],
    ['LXC/Networking', 'a part of a page', 'full speed of the card', 'whole speed of it'],
  ])('%s: changes %s', (name, _, from, to) => {
    const text = renderedOf(name);
    // Of a word that stands in many places, one in a paragraph of plain words.
    const at = text.search(
      new RegExp(`(?:^|(?<=^[A-Z][^{}|\\[\\]\\n]*))${from.replaceAll(/[|{}]/gu, String.raw`\$&`)}`, 'mu'),
    );
    const edit = (): string => `${text.slice(0, at)}${text.slice(at).replace(from, to)}`;
    const { patches, left } = pulled(edit, text, name);
    expect(left).toEqual([]);
    expect(renderedWith(name, patches)).toBe(edit());
  });

  it('puts new paragraphs in the order in which they stand', () => {
    const heading = '== What to look at first ==';
    const edit = (text: string): string => text.replace(heading, `First.\n\nSecond.\n\n${heading}`);
    const { patches, left } = pulled(edit);
    expect(left).toEqual([]);
    expect(renderedWith('LXC/Migration', patches)).toBe(edit(rendered));
  });

  it('leaves measured numbers', () => {
    const number = pulled(
      (text) => text.replace(/took \S+ to \S+ of what it took/u, 'took 2 to 3 of what it took'),
      renderedOf('LXC/OpenRC'),
      'LXC/OpenRC',
    );
    expect(number).toMatchObject({ patches: [], left: [{ after: expect.stringContaining('took 2 to 3 of') }] });
  });

  it('leaves characters that nobody sees', () => {
    const { patches, left } = pulled((text) => text.replace('brings.', 'brings\u202E.'));
    expect(patches).toEqual([]);
    expect(left).toMatchObject([{ why: expect.stringContaining('nobody sees') }]);
  });

  it('says so where lines alone end elsewhere', () => {
    const { patches, left } = pulled((text) => text.replace('older instructions say', 'older instructions\nsay'));
    expect(patches).toEqual([]);
    expect(left).toMatchObject([{ why: expect.stringContaining('lines end elsewhere') }]);
  });

  it('gives, whatever was edited, the very page that a person made of it, or is left', () => {
    const name = 'LXC/OpenRC';
    const text = renderedOf(name);
    const words = [...text.matchAll(/[\p{L}\p{N}.=|{}'<]+/gu)].map(({ index, 0: word }) => ({ index, word }));
    const others = [
      '',
      'word',
      '`',
      '$&',
      '*',
      "''x''",
      '<% 1 %>',
      '{{c|x}}',
      '\n\n',
      '\n* ',
      '::file',
      '#',
      '[a](b)',
      '\\',
    ];
    assert(
      property(constantFrom(...words), constantFrom(...others), ({ index, word }, other) => {
        const edited = `${text.slice(0, index)}${other}${text.slice(index + word.length)}`.trim() + '\n';
        const { patches, left } = pull(pageOf(name), facts, { rendered: text, base: text, edited });
        if (left.length === 0) expect(renderedWith(name, patches)).toBe(edited);
        else expect(patches.length === 0 || renderedWith(name, patches) !== text).toBe(true);
        for (const patch of patches) expect(patch).not.toMatch(/^[+].*<% 1/mu);
      }),
      { numRuns: 20 },
    );
  });
});

describe('what became of blocks', () => {
  it.each([
    ['a b c', 'a b c', 'a x c', [{ kind: 'changed', at: 1, after: 'x' }]],
    ['a b c', 'a b c', 'a c', [{ kind: 'gone', at: 1 }]],
    ['a b c', 'a b c', 'x a b c', [{ kind: 'new', behind: -1, after: 'x' }]],
    [
      'a b c',
      'a b c',
      'a b c x y',
      [
        { kind: 'new', behind: 2, after: 'x' },
        { kind: 'new', behind: 2, after: 'y' },
      ],
    ],
    // What is rendered has changed since: b was B, and n is new.
    ['n a b c', 'a B c', 'a B x', [{ kind: 'changed', at: 3, after: 'x' }]],
    ['n a b c', 'a B c', 'a x c', [{ kind: 'lost', before: 'B', after: 'x' }]],
    ['n a b c', 'a B c', 'a B x c', [{ kind: 'lost', before: '', after: 'x' }]],
  ])('is told of %s, where %s was written and %s made of it', (now, base, edited, expected) => {
    const text = (blocks: string): string => blocks.replaceAll(' ', '\n\n');
    expect(changesOf(now.split(' '), text(base), text(edited))).toEqual(expected);
  });
});

describe('the same edit in another notation', () => {
  it.each([
    ['{{c|a}} is good', '{{c|a}} is better', '`a` is\ngood', '`a` is\nbetter'],
    ['one two', 'one two three', 'one\ntwo', 'one\ntwo three'],
    ['one two', 'nought one two', '*one* two', undefined],
    ['{{c|a}} b', '{{c|x}} b', '`a` b', '`x` b'],
    ['{{c|a}} b', 'a b', '`a` b', undefined],
  ])('of %j to %j in %j is %j', (before, after, other, expected) => {
    const found = transferred(before, after, other);
    if (expected !== undefined) expect(found).toBe(expected);
    // What it gives otherwise does not say what was written: whoever takes it looks.
    else expect(found).not.toBe(toMarkdown(after));
  });
});
