import { applyPatch } from 'diff';
import { describe, expect, it } from 'vitest';

import metadata from '../../../package.json' with { type: 'json' };
import { factsOf } from '../../../src/commands/docs/program.ts';
import { makePages } from '../../../src/docs/index.ts';
import { wikitextOf } from '../../../src/docs/mediawiki/index.ts';
import { templates } from '../../../src/docs/templates.generated.ts';
import { pull } from '../../../src/wiki/pull.ts';
import { toMarkdown, transferred } from '../../../src/wiki/to-markdown.ts';

const facts = await factsOf(metadata);
const page = makePages(facts).find(({ entry }) => entry.name === 'LXC/Migration');
if (page === undefined) throw new Error('no page');
const { entry } = page;
const rendered = wikitextOf(page);
const template = templates['docs/migration'];

const pulled = (edit: (text: string) => string, base = rendered) => {
  const edited = edit(base);
  expect(edited).not.toBe(base);
  return pull(entry, facts, { rendered, base, edited });
};

/** The template with the patches, of which each is of it. */
const patched = (patches: readonly string[]): string =>
  patches.reduce<string>((text, patch) => {
    expect(patch).toMatch(
      /^--- a\/templates\/docs\/migration\.md\.ejs\t?\n\+\+\+ b\/templates\/docs\/migration\.md\.ejs/u,
    );
    const next = applyPatch(text, patch);
    if (next === false) throw new Error('the patch does not apply');
    return next;
  }, template);

describe('an edit of a wiki as a patch', () => {
  it('changes words of a paragraph where they stand', () => {
    const { patches, left } = pulled((text) =>
      text.replace('From what older instructions say', 'From what old books say'),
    );
    expect(left).toEqual([]);
    expect(patched(patches)).toBe(template.replace('From what older instructions say', 'From what old books say'));
  });

  it('adds a sentence with code in it, after a line that has some', () => {
    const { patches, left } = pulled((text) =>
      text.replace('used to bring.', 'used to bring. Run {{c|rc-status}}, and look at {{Path|/etc/conf.d}}.'),
    );
    expect(left).toEqual([]);
    expect(patched(patches)).toBe(
      template.replace('used to bring.', 'used to bring. Run `rc-status`, and look at :path[/etc/conf.d].'),
    );
  });

  it('adds a paragraph, and takes one away', () => {
    const heading = '== What to look at first ==';
    const added = pulled((text) => text.replace(heading, `A paragraph of '''mine'''.\n\n${heading}`));
    expect(added.left).toEqual([]);
    expect(patched(added.patches)).toContain(
      'used to bring.\n\nA paragraph of **mine**.\n\n## What to look at first\n',
    );
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
      { why: expect.stringContaining('not from a template'), after: expect.stringContaining(', or so') },
    ]);
  });

  it('leaves what the templates have no words for', () => {
    const { patches, left } = pulled((text) => text.replace('used to bring.', 'used to bring. {{Emerge|lxc}}'));
    expect(patches).toEqual([]);
    expect(left).toMatchObject([{ why: expect.stringContaining('without a loss') }]);
  });

  it('leaves what a template would take for code', () => {
    const { patches, left } = pulled((text) =>
      text.replace('used to bring.', 'used to bring <nowiki><</nowiki>% that.'),
    );
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
    expect(pull(entry, facts, { rendered, base: rendered, edited: rendered })).toEqual({ patches: [], left: [] });
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
