import { stripVTControlCharacters } from 'node:util';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { problem } from '../../../src/base/errors.ts';
import { formatProblem, formatProblems, problemsToJson } from '../../../src/base/report.ts';

const outside = problem('address-outside-network', 'web1: 10.0.4.11 is not in internal (10.0.3.0/24)', {
  where: { file: 'host.ini', line: 31, column: 8, length: 9, text: 'ipv4 = 10.0.4.11' },
  hint: 'the next free address is 10.0.3.12',
});

test('an error has its place, its line and its remedy', () => {
  expect(formatProblem(outside)).toBe(
    [
      'host.ini:31: error[address-outside-network]: web1: 10.0.4.11 is not in internal (10.0.3.0/24)',
      '   31 | ipv4 = 10.0.4.11',
      '      |        ^^^^^^^^^',
      '  hint: the next free address is 10.0.3.12',
    ].join('\n'),
  );
});

test('colour changes nothing but the colour', () => {
  const coloured = formatProblem(outside, { colour: true });
  expect(coloured).not.toBe(formatProblem(outside));
  expect(stripVTControlCharacters(coloured)).toBe(formatProblem(outside));
});

test('without a place there is the message alone', () => {
  expect(formatProblem(problem('no-root', 'this needs root', { severity: 'warning' }))).toBe(
    'warning[no-root]: this needs root',
  );
});

test('carets stand below a tab as the line has it', () => {
  const where = { file: 'a', line: 1, column: 3, length: 2, text: '\tx=y' };
  expect(formatProblem(problem('c', 'm', { where }))).toBe('a:1: error[c]: m\n    1 | \tx=y\n      | \t ^^');
});

test('several are counted', () => {
  const warning = problem('w', 'careful', { severity: 'warning' });
  expect(formatProblems([outside, outside, warning]).split('\n').at(-1)).toBe('2 errors, 1 warning');
  expect(formatProblems([warning])).toBe('warning[w]: careful');
  expect(formatProblems([])).toBe('');
});

test('nothing of the input reaches the terminal as a control sequence, and carets stay on the line', () => {
  const text = fc.string({ unit: 'binary', maxLength: 400 });
  fc.assert(
    fc.property(text, text, fc.nat(500), fc.nat(500), (line, message, column, length) => {
      const where = { file: 'host.ini', line: 7, column: (column % (line.length + 1)) + 1, length, text: line };
      const lines = formatProblem(problem('c', message, { where, hint: message })).split('\n');
      expect(lines).toHaveLength(4);
      expect(lines.join('')).not.toMatch(/[^\P{Cc}\t]/u);
      const [, shown = '', carets = ''] = lines;
      expect(carets.indexOf('^')).toBeLessThanOrEqual(shown.length);
      expect(shown.length).toBeLessThanOrEqual(180);
    }),
  );
});

test('a place far right in a long line is still shown', () => {
  const where = { file: 'a', line: 1, column: 3001, length: 4, text: `${'x'.repeat(3000)}here${'x'.repeat(500)}` };
  const [, shown = '', carets = ''] = formatProblem(problem('c', 'm', { where })).split('\n');
  expect(shown.slice(carets.indexOf('^'), carets.indexOf('^') + 4)).toBe('here');
});

test('as data it says the same', () => {
  expect(problemsToJson([outside, problem('c', 'm')])).toEqual([
    {
      severity: 'error',
      code: 'address-outside-network',
      message: 'web1: 10.0.4.11 is not in internal (10.0.3.0/24)',
      file: 'host.ini',
      line: 31,
      column: 8,
      length: 9,
      text: 'ipv4 = 10.0.4.11',
      hint: 'the next free address is 10.0.3.12',
    },
    { severity: 'error', code: 'c', message: 'm' },
  ]);
});
