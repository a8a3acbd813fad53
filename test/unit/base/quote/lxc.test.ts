import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { UnquotableError, quoteLxc, quoteMountField } from '../../../../src/base/quote/index.ts';
import { isThere } from './shells.ts';

const hasLxc = isThere('lxc-info');
if (!hasLxc)
  console.warn('SKIPPED: lxc-info is not installed, so LXC itself does not check the quoting of its configs');

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'quote-'));
  mkdirSync(join(directory, 'c'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What LXC reads from these lines, all of one config: environment entries, whose values it prints as they are. */
function readByLxc(values: readonly string[]): string[] {
  const lines = values.map((value, index) => `lxc.environment = ${quoteLxc(`V${index}=${value}`)}\n`);
  writeFileSync(join(directory, 'c', 'config'), lines.join(''));
  const { stdout, status } = spawnSync('lxc-info', ['-P', directory, '-n', 'c', '-c', 'lxc.environment'], {
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  return stdout
    .replace(/\n+$/u, '')
    .replace(/^lxc\.environment = /u, '')
    .split('\n')
    .map((line) => line.replace(/^V\d+=/u, ''));
}

/** As LXC reads one value whose first character counts: nothing stands before it. */
function readAlone(value: string): string {
  writeFileSync(join(directory, 'c', 'config'), `lxc.init.cwd = ${quoteLxc(value)}\n`);
  const { stdout, status } = spawnSync('lxc-info', ['-P', directory, '-n', 'c', '-c', 'lxc.init.cwd'], {
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  return stdout.replace(/^lxc\.init\.cwd = /u, '').replace(/\n+$/u, '');
}

const line = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).filter((value) => !/[\0\r\n]/u.test(value));
const quotes = fc.string({ unit: fc.constantFrom(...'"\'\\ \t=#a'.split('')), minLength: 1, maxLength: 8 });

describe.skipIf(!hasLxc)('read by LXC', () => {
  test.each([
    'x',
    ' x',
    'x ',
    '\tx\t',
    '"',
    "'",
    '""',
    '"x"',
    "'x'",
    '"\'x\'"',
    '"a" "b"',
    '#x',
    '=x',
    'x # y',
    '\\',
    '\v',
    '\u{A0}',
  ])('%j comes back', (value) => {
    expect(readAlone(value)).toBe(value);
  });

  test('any line comes back', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(line, quotes), { minLength: 50, maxLength: 200 }), (values) => {
        expect(readByLxc(values)).toEqual(values);
      }),
      { numRuns: 15 },
    );
  });

  test('any line comes back where its first character counts', () => {
    fc.assert(
      fc.property(fc.oneof(line, quotes), (value) => {
        expect(readAlone(value)).toBe(value);
      }),
      { numRuns: 60 },
    );
  });
});

test('a plain value stays as it is', () => {
  expect(quoteLxc('/var/lib/lxc/web 1/rootfs')).toBe('/var/lib/lxc/web 1/rootfs');
});

test.each(['', 'a\nb', 'a\rb', 'a\0b', '\uD800'])('%j cannot be held', (value) => {
  expect(() => quoteLxc(value)).toThrow(UnquotableError);
  expect(() => quoteMountField(value)).toThrow(UnquotableError);
});

test('a mount field keeps its blanks and backslashes', () => {
  expect(quoteMountField('/srv/my dir\t\\x')).toBe(String.raw`/srv/my\040dir\011\134x`);
});
