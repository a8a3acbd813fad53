import { spawnSync } from 'node:child_process';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { UnquotableError, quoteEbuild, quoteXml } from '../../../../src/base/quote/index.ts';

const line = fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Cc}/u.test(text) && text.isWellFormed());

describe('words of an ebuild', () => {
  it('are read back by bash as they were', () => {
    const values = [...fc.sample(line, 300), '`id`', '$(id)', "it's `a`", '\\', '"', '!x', 'a = b', ''];
    const script = values.map((value) => `printf '%s\\0' ${quoteEbuild(value)}\n`).join('');
    const { stdout } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    expect(stdout.split('\0').slice(0, -1)).toEqual(values);
  });

  it.each(['a\nb', 'a\rb', '\t', '\0', '\u{1b}[0m', '\u{d800}'])('cannot be %j', (value) => {
    expect(() => quoteEbuild(value)).toThrow(UnquotableError);
  });
});

describe('text of XML', () => {
  it('has entities for what is markup', () => {
    expect(quoteXml('a <b> & "c" \'d\'')).toBe("a &lt;b&gt; &amp; &quot;c&quot; 'd'");
  });

  it.each(['\u{1}', '\0', '\u{7f}'])('cannot hold %j', (value) => {
    expect(() => quoteXml(value)).toThrow(UnquotableError);
  });
});
