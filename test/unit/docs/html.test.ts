import { load } from 'cheerio';
import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';

import metadata from '../../../package.json' with { type: 'json' };
import { factsOf } from '../../../src/commands/docs/program.ts';
import { htmlForm } from '../../../src/docs/html/index.ts';
import { makePages } from '../../../src/docs/index.ts';
import type { Box, Page } from '../../../src/docs/types.ts';

const pages = makePages(await factsOf(metadata));

function rendered(all: readonly Page[]): string {
  const files = htmlForm.files(all);
  expect(files.map(({ path }) => path)).toEqual(['index.html']);
  return files[0]?.content ?? '';
}

const html = rendered(pages);
const $ = load(html);

function nodesOf<Type extends Nodes['type']>(type: Type, all = pages): readonly Extract<Nodes, { type: Type }>[] {
  const below = (node: Nodes): readonly Nodes[] => [
    node,
    ...('children' in node ? node.children.flatMap((child) => below(child)) : []),
  ];
  const isOne = (node: Nodes): node is Extract<Nodes, { type: Type }> => node.type === type;
  return all.flatMap(({ root }) => below(root)).filter((node) => isOne(node));
}

/** One page of the blocks given. */
function pageOf(children: Page['root']['children']): Page {
  const heading = { type: 'heading', depth: 1, children: [{ type: 'text', value: 'Page' }] } as const;
  return {
    entry: { name: 'Page', file: 'page', template: '', summary: 'One sentence.', covers: [] },
    title: 'Page',
    sections: [],
    root: { type: 'root', children: [{ ...heading, children: [...heading.children] }, ...children] },
  };
}

const ids = $('[id]')
  .toArray()
  .map(({ attribs }) => attribs['id'] ?? '');

describe('the pages as HTML', () => {
  it('are the same bytes every time', () => {
    expect(rendered(pages)).toBe(html);
  });

  it('show every box to the character, whatever it holds', () => {
    const nasty = `\n\n  <b>&amp;&lt;</b> </pre></code>\t\u00A0 ]]> <!-- --> </script>\n\n`;
    const box: Box = { type: 'box', kind: 'code', title: nasty.trim(), text: nasty };
    const run: Box = { type: 'box', kind: 'root', commands: [`echo '${nasty}'`, '# </kbd>'], text: nasty };
    for (const all of [pages, [pageOf([box, run])]]) {
      const page = load(rendered(all));
      const shown = page('figure.box')
        .toArray()
        .map((figure) => ({
          commands: page(figure)
            .find('kbd')
            .toArray()
            .map((command) => page(command).text()),
          text: page(figure).find('pre > code, pre > samp').text(),
          whole: page(figure).find('pre').text(),
        }));
      expect(shown.length).toBeGreaterThan(0);
      expect(shown).toEqual(
        nodesOf('box', all).map(({ commands = [], text }) => ({
          commands,
          text,
          whole: [...commands.map((command) => `${command}\n`), text].join(''),
        })),
      );
    }
  });

  it('refuse what HTML would change, and what they do not know', () => {
    expect(() => rendered([pageOf([{ type: 'box', kind: 'code', text: 'a\rb' }])])).toThrow('carriage return');
    expect(() => rendered([pageOf([{ type: 'leafDirective', name: 'file', children: [] }])])).toThrow(
      'no leafDirective',
    );
  });

  it('link to the web alone', () => {
    const link = (url: string): Page =>
      pageOf([{ type: 'paragraph', children: [{ type: 'link', url, children: [{ type: 'text', value: 'x' }] }] }]);
    expect(rendered([link('https://example.org/?a="b"')])).toContain('href="https://example.org/?a=%22b%22"');
    for (const url of ['javascript:alert(1)', 'data:text/html,x'])
      expect(() => rendered([link(url)])).toThrow('links to the web alone');
  });

  it('have ids that are unique, and a target for every link', () => {
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const targets = $('a[href^="#"]')
      .toArray()
      .map(({ attribs }) => attribs['href']?.slice(1) ?? '');
    expect(targets.length).toBeGreaterThan(50);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
    const named = $('[aria-labelledby], [for], [aria-controls]')
      .toArray()
      .flatMap(({ attribs }) => `${attribs['aria-labelledby'] ?? ''} ${attribs['for'] ?? ''}`.trim().split(/\s+/u));
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('lead from pages to others, and to their sections', () => {
    const links = [...nodesOf('pageLink'), ...nodesOf('seeAlso')];
    expect(links.length).toBeGreaterThan(5);
    for (const { page, section } of links) {
      const file = pages.find(({ entry }) => entry.name === page)?.entry.file ?? '';
      const heading = $('h2, h3, h4, h5').filter((_, each) => {
        const id = $(each).attr('id') ?? '';
        return section === undefined ? id === file : id.startsWith(`${file}/`) && $(each).text() === section;
      });
      expect(heading, `${page}, ${section}`).toHaveLength(1);
      expect($(`main a[href="#${heading.attr('id')}"]`).length).toBeGreaterThan(1);
    }
  });

  it('have one title, headings without a gap, and every section in the contents', () => {
    expect($('h1')).toHaveLength(1);
    const ranks = $('main :is(h1, h2, h3, h4, h5, h6)')
      .toArray()
      .map(({ name }) => Number(name.slice(1)));
    expect(ranks.filter((rank, at) => rank > (ranks[at - 1] ?? 0) + 1)).toEqual([]);
    const places = $('article > :is(h2, h3, h4, h5)')
      .toArray()
      .map((heading) => [$(heading).text(), `#${$(heading).attr('id')}`]);
    const contents = $('nav a')
      .toArray()
      .map((link) => [$(link).text(), $(link).attr('href')]);
    expect(contents).toEqual(places);
    expect(places).toHaveLength(pages.flatMap(({ sections }) => sections).length + pages.length);
  });

  it('load nothing: everything is in the file', () => {
    const loading =
      '[src], [srcset], [action], [data], [poster], link[href]:not([href^="data:"]), iframe, object, base';
    expect($(loading).toArray()).toEqual([]);
    expect($('style').text()).not.toMatch(/@import|url\(/u);
    expect($('[style], [onclick], [onload]').toArray()).toEqual([]);
    expect($('html').attr('lang')).toBe('en');
  });

  it('show each drawing with what it says of itself, and its style once', () => {
    const drawings = nodesOf('drawing');
    expect(drawings.length).toBeGreaterThan(5);
    const shown = $('figure.drawing')
      .toArray()
      .map((figure) => {
        const svg = $(figure).find('svg');
        const named = (svg.attr('aria-labelledby') ?? '').split(' ').map((id) => $(`[id="${id}"]`).text());
        return { named, texts: svg.find('text').text(), box: svg.attr('viewbox') ?? svg.attr('viewBox') };
      });
    const original = drawings.map(({ svg, title, alt }) => {
      const image = load(svg, { xml: true });
      return { named: [title, alt], texts: image('text').text(), box: image('svg').attr('viewBox') };
    });
    expect(shown).toEqual(original);
    expect($('svg style').toArray()).toEqual([]);
    expect($('head style').text().split('.rc-lxc-drawing .page { fill: #ffffff }')).toHaveLength(2);
  });

  it('show a drawing twice with ids of their own', () => {
    const [drawing] = nodesOf('drawing');
    if (drawing === undefined) throw new Error('no page has a drawing');
    const page = load(rendered([pageOf([drawing, drawing])]));
    const found = page('[id]')
      .toArray()
      .map(({ attribs }) => attribs['id']);
    expect(new Set(found).size).toBe(found.length);
    expect(page('svg')).toHaveLength(2);
  });

  it('say what a remark is', () => {
    const text = { type: 'paragraph', children: [{ type: 'text', value: 'Mind the gap.' }] } as const;
    const page = load(
      rendered([
        pageOf([{ type: 'admonition', kind: 'warning', children: [{ ...text, children: [...text.children] }] }]),
      ]),
    );
    expect(page('[role="note"]').attr('aria-label')).toBe('Warning');
    expect(page('[role="note"] p:not(.label)').text()).toBe('Mind the gap.');
  });
});
