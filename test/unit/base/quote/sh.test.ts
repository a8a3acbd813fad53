import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { UnquotableError, quoteSh, quoteShList } from '../../../../src/base/quote/index.ts';
import { isThere, shells } from './shells.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'quote-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What the variables v0, v1, … hold after the shell sourced their assignments, in one process for all. */
function sourced(command: string, args: readonly string[], values: readonly string[]): string[] {
  const settings = join(directory, 'settings');
  writeFileSync(settings, values.map((value, index) => `v${index}=${quoteSh(value)}\n`).join(''));
  const script = `. "$1"\n${values.map((_, index) => String.raw`printf '%s\0' "$v${index}"`).join('\n')}\n`;
  const file = join(directory, 'script');
  writeFileSync(file, script);
  const { stdout, stderr, status } = spawnSync(command, [...args, file, settings], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.split('\0').slice(0, -1);
}

const traps = [
  '',
  '"',
  "'",
  '\\',
  '$',
  '`',
  '$(id)',
  '`id`',
  'it\'s "a" $x',
  '\\\n',
  'a\nb',
  '\r',
  '\t',
  '!x',
  '-n',
  '~',
  '*',
];
const bytes = [
  ...Array.from({ length: 127 }, (_, index) => String.fromCodePoint(index + 1)),
  'Łódź',
  '\u{81}\u{88}',
  '🚀',
  '\u{FEFF}',
];

describe.each(shells.filter(([, command]) => isThere(command)))('sourced by %s', (_name, command, args) => {
  test('traps of the shell come back', () => {
    expect(sourced(command, args, [...traps, ...bytes])).toEqual([...traps, ...bytes]);
  });

  test('any text comes back', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 }).filter((value) => !value.includes('\0'));
    const shellish = fc.string({ unit: fc.constantFrom(...'\\"\'$`(){}!#;&|<> \n\t\rab='.split('')), maxLength: 30 });
    fc.assert(
      fc.property(fc.array(fc.oneof(text, shellish), { minLength: 100, maxLength: 200 }), (values) => {
        expect(sourced(command, args, values)).toEqual(values);
      }),
      { numRuns: 10 },
    );
  });
});

test('all three shells were there to try', () => {
  expect(shells.filter(([, command]) => !isThere(command)).map(([name]) => name)).toEqual([]);
});

test('plain words stay readable', () => {
  expect(quoteSh('web1')).toBe('"web1"');
  expect(quoteSh("Gentoo's container")).toBe('"Gentoo\'s container"');
  expect(quoteSh('cost: $5')).toBe("'cost: $5'");
  expect(quoteShList(['br-internal', 'br-lan'])).toBe('"br-internal br-lan"');
});

test('what no file can hold is refused', () => {
  expect(() => quoteSh('a\0b')).toThrow(UnquotableError);
  expect(() => quoteSh('\uD800')).toThrow(UnquotableError);
});
