import { parse as parseIni, stringify } from 'ini';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseSource } from '../../../src/source/parse.ts';
import { parse, plain, problemsOf } from './support.ts';

/** The value of `template` in a description that holds nothing else. */
function valueOf(written: string): unknown {
  const parsed = parse(`[container web1]\ntemplate = ${written}\n`);
  expect(parsed.problems).toEqual([]);
  return parsed.sections[0]?.entries.get('template')?.value;
}

describe('a description without mistakes', () => {
  test('sections, keys and values', () => {
    const text =
      '; a host\n\n[host] ; the machine\n name=excelsior\n\n[container web1]\nid = 11 # eleven\nsysctl.net.core.somaxconn=1024\n';
    expect(problemsOf(text)).toEqual([]);
    expect(plain(parse(text))).toEqual([
      ['host', '', [['name', 'excelsior']]],
      [
        'container',
        'web1',
        [
          ['id', '11'],
          ['sysctl.net.core.somaxconn', '1024'],
        ],
      ],
    ]);
  });

  test('positions of section, key and value', () => {
    const { sections } = parse('[host]\n  name =   "excelsior"  ; x\n');
    expect(sections[0]?.where).toEqual({ file: 'host.ini', line: 1, column: 1, length: 6, text: '[host]' });
    const text = '  name =   "excelsior"  ; x';
    expect(sections[0]?.entries.get('name')).toEqual({
      key: 'name',
      value: 'excelsior',
      keyWhere: { file: 'host.ini', line: 2, column: 3, length: 4, text },
      where: { file: 'host.ini', line: 2, column: 13, length: 9, text },
    });
  });

  test.each([['\n'], ['\r\n'], ['\r']])('lines end with %j', (end) => {
    const { sections, problems } = parse(['[host]', 'name = a', '', 'domain = b'].join(end));
    expect(problems).toEqual([]);
    expect(sections[0]?.entries.get('domain')?.where.line).toBe(4);
    expect(sections[0]?.entries.get('domain')?.value).toBe('b');
  });

  test('a byte order mark is skipped', () => {
    expect(plain(parse('\u{FEFF}[host]\nname = a\n'))).toEqual([['host', '', [['name', 'a']]]]);
  });

  test('several files are one description', () => {
    const parsed = parse('[host]\nname = a\n', '[container b]\nid = 1\n');
    expect(parsed.files).toEqual(['host.ini', 'host.ini.d/1.ini']);
    expect(parsed.problems).toEqual([]);
    expect(parsed.sections.map(({ where }) => where.file)).toEqual(['host.ini', 'host.ini.d/1.ini']);
  });

  test('nothing is nothing', () => {
    expect(parse('')).toEqual({ files: ['host.ini'], sections: [], problems: [] });
    expect(parseSource([])).toEqual({ files: [], sections: [], problems: [] });
  });
});

describe('values', () => {
  test.each([
    ['plain words', 'plain words'],
    ['a ; comment', 'a'],
    ['a # comment', 'a'],
    ['a\t;comment', 'a'],
    [String.raw`a\;b\#c`, 'a;b#c'],
    [String.raw`a\\b\c`, String.raw`a\b\c`],
    ['"a;b # c" ; comment', 'a;b # c'],
    ['" blanks "', ' blanks '],
    [String.raw`"a\"b\\c\u00e9"`, 'a"b\\cé'],
    ['"a\tb"', 'a\tb'],
    ["'a\\b\"c;'", 'a\\b"c;'],
    ["'1.50'", '1.50'],
    ["'[1]'", '[1]'],
    ['true', 'true'],
    ['null', 'null'],
    ['0x10', '0x10'],
    ['a=b=c', 'a=b=c'],
    ['a"b"', 'a"b"'],
    ['""', ''],
    ["''", ''],
  ])('%s is %j', (written, value) => {
    expect(valueOf(written)).toBe(value);
  });

  test.each(['', '  ', '; comment', '# comment'])(
    'nothing (%j) is an empty value, shown at the equals sign',
    (written) => {
      const entry = parse(`[host]\nname =${written === '' ? '' : ` ${written}`}\n`).sections[0]?.entries.get('name');
      expect([entry?.value, entry?.where.column, entry?.where.length]).toEqual(['', 6, 1]);
    },
  );

  test('what `ini` writes is read as `ini` reads it', () => {
    const word = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.record({ template: word, 'raw.a': word, 'sysctl.a.b': word }), (entries) => {
        const text = stringify(entries, { section: 'container web1' });
        const parsed = parse(text);
        // It writes some traps itself: a quote that nothing closes, a backslash before a comment's sign.
        fc.pre(parsed.problems.length === 0);
        const read: Record<string, unknown> = parseIni(text)['container web1'];
        const expected = Object.entries(read).map(([key, value]) => [key, String(value)]);
        expect(plain(parsed)).toEqual([['container', 'web1', expected]]);
      }),
      { numRuns: 1000 },
    );
  });
});
