import { describe, expect, it } from 'vitest';

import {
  quoteWikiArgument,
  quoteWikiAttribute,
  quoteWikiBox,
  quoteWikiPre,
  quoteWikiText,
} from '../../../../src/base/quote/index.ts';

// What a real MediaWiki makes of these is in test/lab/wiki-pages.test.ts.
describe('text for a wiki', () => {
  it.each([
    ['a = b', '<nowiki>a = b</nowiki>'],
    ['</NOWIKI>', '<nowiki>&lt;/NOWIKI></nowiki>'],
    ['&amp; or &', '<nowiki>&amp;amp; or &amp;</nowiki>'],
    ['stop ; go', '<nowiki>stop&#32;; go</nowiki>'],
    ['e\u0301', '<nowiki>e&#769;</nowiki>'],
    ['\n  indented', '<nowiki>\n\n  indented</nowiki>'],
    ['', ''],
  ])('is verbatim in a box: %j', (text, written) => {
    expect(quoteWikiBox(text)).toBe(written);
  });

  it.each([
    ['Of plain words, (mostly) 10.0.3.1/24.', 'Of plain words, (mostly) 10.0.3.1/24.'],
    ['a [host] b', 'a <nowiki>[host]</nowiki> b'],
    ['a {{b c}} | d', 'a <nowiki>{{b c}} |</nowiki> d'],
    ['see http://example.org/', 'see <nowiki>http://example.org/</nowiki>'],
    ["it ''is'' so", "it <nowiki>''is''</nowiki> so"],
    ['one\n  two', 'one two'],
    ['why ?', 'why&#32;?'],
    [': of a list', '<nowiki>:</nowiki> of a list'],
    ['* of a list', '<nowiki>*</nowiki> of a list'],
  ])('is prose that can be read: %j', (text, written) => {
    expect(quoteWikiText(text)).toBe(written);
  });

  it('may go on with a colon where no line begins', () => {
    expect(quoteWikiText(': a', false)).toBe(': a');
  });

  it('is an argument as it stands where it is plain', () => {
    expect(quoteWikiArgument('rc-service lxc.web1 start')).toBe('rc-service lxc.web1 start');
    expect(quoteWikiArgument('a=b')).toBe('<nowiki>a=b</nowiki>');
    expect(quoteWikiArgument('a  b')).toBe('<nowiki>a  b</nowiki>');
  });

  it('is entities in an attribute, and what is preformatted in pre', () => {
    expect(quoteWikiAttribute('a|b')).toBe('a&#124;b');
    expect(quoteWikiPre('</pre> &')).toBe('<pre>&lt;/pre> &amp;</pre>');
  });

  it.each(['a\rb', 'a\0b', '\u{7F}', '\u{1B}[1m', '\uD800'])('refuses %j', (text) => {
    expect(() => quoteWikiBox(text)).toThrow('cannot be written for a wiki');
    expect(() => quoteWikiText(text)).toThrow('cannot be written for a wiki');
  });
});
