import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { load } from 'cheerio';
import { array, asyncProperty, assert, constantFrom, oneof, string } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import metadata from '../../package.json' with { type: 'json' };
import {
  quoteWikiArgument,
  quoteWikiAttribute,
  quoteWikiPre,
  quoteWikiText,
  quoteWikiBox,
} from '../../src/base/quote/index.ts';
import { factsOf } from '../../src/commands/docs/program.ts';
import { hostPage } from '../../src/docs/host/index.ts';
import { readReport } from '../../src/docs/host/proof.ts';
import { makePages } from '../../src/docs/index.ts';
import { beginMark, endMark, mediawikiForm, wikitextOf } from '../../src/docs/mediawiki/index.ts';
import { pages } from '../../src/docs/pages.ts';
import { resolve } from '../../src/resolve/resolve.ts';
import { parseSource } from '../../src/source/parse.ts';
import { startMediawiki, wikiRefusal } from './support/mediawiki.ts';
import type { TestWiki } from './support/mediawiki.ts';
import { boxesOf, leaked, shownBoxes } from './support/wiki-boxes.ts';

if (wikiRefusal !== undefined) process.stderr.write(`skipped: pages on a real MediaWiki: ${wikiRefusal}\n`);

let wiki: TestWiki;

beforeAll(async () => {
  if (wikiRefusal === undefined) wiki = await startMediawiki();
});

afterAll(() => wiki?.stop());

describe.skipIf(wikiRefusal !== undefined)('pages on a real MediaWiki', async () => {
  const facts = await factsOf(metadata);
  const made = makePages(facts);

  it.each(pages.map(({ name }) => name))('%s is shown without a warning, and with every box as it is', async (name) => {
    const page = made.find(({ entry }) => entry.name === name);
    if (page === undefined) throw new Error(`no page ${name}`);
    const { html, warnings, templates } = await wiki.parse(name, wikitextOf(page));
    expect(warnings).toEqual([]);
    expect(templates.filter(({ exists }) => !exists)).toEqual([]);
    expect(html).not.toMatch(leaked);
    const boxes = boxesOf(page);
    expect(shownBoxes(html)).toEqual(boxes.map(({ commands = [], text }) => ({ commands, text })));
    // The title is the page's own; every other heading is there.
    const shown = load(html)('.mw-headline').toArray();
    expect(shown.map((heading) => load(html)(heading).text())).toEqual(page.sections);
  });

  it('show a host, with whatever a report says of it', async () => {
    const path = join(import.meta.dirname, '../../examples/networks/host.ini');
    const { model } = resolve(parseSource([{ path, text: readFileSync(path, 'utf8') }]), { installedLxc: '7.0.0' });
    if (model === undefined) throw new Error('the example has mistakes');
    const said = '</nowiki>|{{Evil|1}} [[Link]] <b>x</b> ~~~~ a : b';
    const report = readReport(
      JSON.stringify({
        version: 1,
        proven: false,
        probes: 1,
        parties: [],
        unproven: [],
        notes: [said],
        problems: [{ message: said }],
        expects: [],
        attacks: [{ attack: said, container: 'web1', held: true, reached: [] }],
        promiscuity: [],
        machine: { date: '', kernel: said, lxc: '', openrc: '', nftables: '', rcLxc: '', virtual: false },
      }),
    );
    const page = hostPage({ model, facts, description: '', report });
    const { html, warnings, templates } = await wiki.parse('Host', wikitextOf(page));
    expect(warnings).toEqual([]);
    expect(templates.filter(({ exists }) => !exists)).toEqual([]);
    expect(html).not.toMatch(leaked);
    const shown = load(html);
    expect(shown('b b, a[title="Link"]').length).toBe(0);
    expect(shown.text().replaceAll('\u00A0', ' ').split(said)).toHaveLength(5);
    const rows = shown('table')
      .toArray()
      .map((table) => shown(table).find('tr').length);
    const tables = page.root.children.flatMap((node) => (node.type === 'table' ? [node.children.length] : []));
    expect(rows).toEqual(tables);
  });

  it('show more than prose', () => {
    expect(made.flatMap((page) => boxesOf(page)).length).toBeGreaterThan(5);
  });

  it('are saved as they are written, and link to each other', async () => {
    for (const page of made) wiki.editAs(wiki.botUser, page.entry.name, wikitextOf(page));
    for (const page of made) expect(await wiki.textOf(capital(page.entry.name))).toBe(wikitextOf(page).trimEnd());
    const main = made.find(({ entry }) => entry.name === 'rc-lxc');
    if (main === undefined) throw new Error('no page rc-lxc');
    const { html } = await wiki.parse('rc-lxc', wikitextOf(main));
    const links = load(html)('.see-also a').toArray();
    expect(links.map((link) => [link.attribs['title'], link.attribs['class']])).toEqual([
      ['LXC/Networking', undefined],
      ['LXC/OpenRC', undefined],
      ['LXC/Migration', undefined],
    ]);
  });

  it('are between the comments that tell what is ours', async () => {
    for (const { path, content } of mediawikiForm.files(made).filter(({ path: file }) => file.endsWith('.wiki'))) {
      const entry = pages.find(({ file }) => path === `${file}.wiki`);
      expect(content.startsWith(`${beginMark(entry?.name ?? '')}\n`)).toBe(true);
      expect(content.endsWith(`\n${endMark(entry?.name ?? '')}\n`)).toBe(true);
      const { html } = await wiki.parse(entry?.name ?? '', content);
      expect(html).not.toContain('rc-lxc:begin');
    }
  });
});

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** What wikitext means something by, and what MediaWiki changes where it stands; with blanks between. */
const signs =
  String.raw`{{ }} {{{1}}} [[ ]] | || = == '' ''' < > & &amp; &lt; &#32; <nowiki> </nowiki> </nowiki <pre> </pre> <!-- --> <br>
  <ref>x</ref> </div> </code> ~~~~ {{subst:PAGENAME}} {{!}} {{=}} __TOC__ __NOTOC__ # * : ; ---- !! |- |} {| } http://example.org/?a=b
  ${'${a:-${b}}'} RFC ISBN 1234 0123456789 -{x}- \ " ${'`'} é 漢 😀 a word 0 #REDIRECT $1 %20 / « » › ? % !`.split(
    /\s+/u,
  );

const nasty = constantFrom(
  ...signs,
  ...signs.map((sign) => ` ${sign}`),
  ' ',
  '  ',
  '\n',
  '\n\n',
  '\t',
  'e\u0301',
  '\u1E9B\u0323',
  '\u00A0',
  '\u200B',
  '\uFEFF',
  '\u2028',
);

const kept = string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !/\p{Cc}/u.test(text));
const texts = array(oneof({ weight: 4, arbitrary: nasty }, { weight: 1, arbitrary: kept }), {
  minLength: 1,
  maxLength: 8,
})
  .map((parts) => parts.join(''))
  .filter((text) => text !== '' && text.isWellFormed() && !/[\uFFFE\uFFFF]/u.test(text));

describe.skipIf(wikiRefusal !== undefined)('what is written for a wiki', () => {
  /** Shows many texts on one page, which costs little more than one. */
  async function shown(written: readonly string[], selector: string): Promise<readonly string[]> {
    const { html, templates } = await wiki.parse('Texts', written.join('\n\n'));
    expect(templates.filter(({ exists }) => !exists)).toEqual([]);
    expect(html).not.toMatch(/UNIQ-|QINU/u);
    const page = load(html);
    return page(selector)
      .toArray()
      .map((element) => page(element).text());
  }

  const many = array(texts, { minLength: 60, maxLength: 60 });
  const runs = { numRuns: 6, endOnFailure: false, interruptAfterTimeLimit: 90_000 };

  it('is the very text in a box of a file', async () => {
    const write = (text: string): string => `{{FileBox|filename=x|1=\n${quoteWikiBox(text)}}}`;
    await assert(
      asyncProperty(many, async (all) => {
        expect(await shown(all.map(write), '.box pre')).toEqual(all);
      }),
      runs,
    );
  });

  it('is the very text in the output of a command', async () => {
    const write = (text: string): string => `{{RootCmd|true|output=${quoteWikiPre(text)}}}`;
    await assert(
      asyncProperty(many, async (all) => {
        expect(await shown(all.map(write), '.cmd-output pre')).toEqual(all);
      }),
      runs,
    );
  });

  it('is the very command', async () => {
    const write = (text: string): string => `{{RootCmd|${quoteWikiArgument(text)}}}`;
    await assert(
      asyncProperty(many, async (all) => {
        const lines = all.map((text) => `x${text.replaceAll(/[\t\n]/gu, ' ')}x`);
        expect(await shown(lines.map(write), '.cmd')).toEqual(lines);
      }),
      runs,
    );
  });

  it('is the very prose, but for white space, at the beginning of a line and within', async () => {
    await assert(
      asyncProperty(many, async (all) => {
        const prose = all.map((text) => text.replaceAll(/[\t\n ]+/gu, ' ').trim()).filter((text) => text !== '');
        const lines = prose.map((text) => `<div class="one">\n${quoteWikiText(text)}\n</div>`);
        const within = prose.map((text) => `<div class="one">\nx {{c|x}}${quoteWikiText(text, false)}\n</div>`);
        const found = await shown([...lines, ...within], '.one');
        expect(found.map((text) => text.replaceAll(/[\t\n ]+/gu, ' ').trim())).toEqual([
          ...prose,
          ...prose.map((text) => `x x${text}`),
        ]);
      }),
      runs,
    );
  });

  it('ends no picture before its end, as the text of one', async () => {
    await assert(
      asyncProperty(many, async (all) => {
        const lines = all.map((text) => `x${text.replaceAll(/[\t\n]/gu, ' ')}x`);
        const written = lines.map((text) => `[[File:None.svg|alt=${quoteWikiAttribute(text)}|none]]<i>y</i>`);
        const { html } = await wiki.parse('Texts', written.join('\n\n'));
        expect(load(html)('i')).toHaveLength(lines.length);
      }),
      runs,
    );
  });
});
