import { assert, property, string } from 'fast-check';
import type { InlineCode, Paragraph, Table } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { describe, expect, it } from 'vitest';

import {
  quoteMarkdown,
  quoteMarkdownCell,
  quoteMarkdownCode,
  quoteMarkdownText,
} from '../../../../src/base/quote/index.ts';
import { parsePage } from '../../../../src/docs/dialect.ts';

/** The paragraph that a text is, as a page has it. */
function shown(markdown: string): Paragraph {
  const [, paragraph, ...others] = parsePage('page', `# Title\n\n${markdown}\n`).children;
  expect(others).toEqual([]);
  if (paragraph?.type !== 'paragraph') throw new Error(`not a paragraph: ${JSON.stringify(paragraph)}`);
  return paragraph;
}

const texts = string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/\p{Cc}/u.test(text) && text.isWellFormed());

describe('text for a page', () => {
  it('is shown as it stands, whatever it is', () => {
    assert(
      property(texts, (text) => {
        const paragraph = shown(`x${quoteMarkdown(text)}x`);
        expect(paragraph.children.map(({ type }) => type)).toEqual(['text']);
        expect(toString(paragraph)).toBe(`x${text.replaceAll(/ +/gu, ' ')}x`);
      }),
    );
  });

  it.each([
    '# a',
    '- a',
    '1. a',
    '> a',
    '::file{a=b}',
    ':::note',
    '```',
    '---',
    '=',
    '    a',
    '| a | b |',
    '<b>',
    'a\n\nb',
  ])('begins nothing: %j', (text) => {
    expect(toString(shown(quoteMarkdown(text))).trim()).toBe(text.replaceAll(/\s+/gu, ' ').trim());
  });

  it('is a span of code, whatever it holds', () => {
    assert(
      property(
        texts.filter((text) => text.trim() !== ''),
        (text) => {
          const [code, ...others] = shown(quoteMarkdownCode(text)).children;
          expect(others).toEqual([]);
          expect((code as InlineCode).value).toBe(text);
        },
      ),
    );
  });

  it('has code between backticks, also in a cell', () => {
    expect(shown(quoteMarkdownText('take `a*b` *now*')).children.map(({ type }) => type)).toEqual([
      'text',
      'inlineCode',
      'text',
    ]);
    const cell = quoteMarkdownCell('`a|b` | c');
    const table = parsePage('page', `# Title\n\n| x |\n| --- |\n| ${cell} |\n`).children[1] as Table;
    expect(table.children[1]?.children.map((each) => toString(each))).toEqual(['a|b | c']);
  });

  it.each(['one ` alone', 'a\0b', '\u{1B}[1m'])('refuses %j', (text) => {
    expect(() => quoteMarkdownText(text)).toThrow('cannot be written for Markdown');
  });

  it.each(['', ' ', 'a\nb'])('has no span of code for %j', (text) => {
    expect(() => quoteMarkdownCode(text)).toThrow('cannot be written for Markdown');
  });
});
