import { expect, test } from 'vitest';

import { parseSource } from '../../../src/source/parse.ts';
import { placeInValue } from '../../../src/source/place.ts';

/** The part of the line that a place in the value of `needs` points at. */
function pointed(written: string, offset: number, length: number): string {
  const { sections } = parseSource([{ path: 'host.ini', text: `[container a]\nneeds = ${written}\n` }]);
  const entry = sections[0]?.entries.get('needs');
  if (entry === undefined) throw new Error('not read');
  const { column = 0, length: found = 0, text = '' } = placeInValue(entry, offset, length);
  return text.slice(column - 1, column - 1 + found);
}

test('a part of a value', () => {
  expect(pointed('db1, db_2 ; x', 5, 4)).toBe('db_2');
});

test('a part of a quoted value', () => {
  expect(pointed('"db1, db_2"', 5, 4)).toBe('db_2');
  expect(pointed("  'db1, db_2'", 5, 4)).toBe('db_2');
});

test('the whole of a value with escapes, whose columns do not count', () => {
  expect(pointed(String.raw`"\u0064b1, db_2"`, 5, 4)).toBe(String.raw`\u0064b1, db_2`);
});

test('the whole of a value when the part lies behind it', () => {
  expect(pointed('db1,', 4, 1)).toBe('db1,');
  expect(pointed('""', 0, 0)).toBe('""');
});
