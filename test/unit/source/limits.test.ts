import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { sourceProblems } from '../../../src/source/codes.ts';
import { parse, problemsOf } from './support.ts';

/** An assignment of so many characters. */
function lineOf(length: number): string {
  return `template = ${'x'.repeat(length - 11)}`;
}

describe('limits', () => {
  test('a line of 4096 characters is the longest', () => {
    expect(problemsOf(`[container a]\n${lineOf(4096)}\n`)).toEqual([]);
    expect(parse(`[container a]\n${lineOf(4097)}\n`).problems.map(({ code }) => code)).toEqual(['line-too-long']);
  });

  test('a file over 8 MiB is refused whole', () => {
    const { problems, sections } = parse(`[host]\n${'; x\n'.repeat(2 ** 21)}`);
    expect(problems.map(({ code }) => code)).toEqual(['too-large']);
    expect(sections).toEqual([]);
  });

  test('after a thousand mistakes the rest is not read', () => {
    const codes = parse('foo\n'.repeat(5000)).problems.map(({ code }) => code);
    expect(codes).toHaveLength(1001);
    expect(codes.at(-1)).toBe('too-many-problems');
    expect(parse(`[host]\n${'foo = 1\n'.repeat(5000)}`).problems).toHaveLength(1001);
  });

  test('10,000 containers in 100,000 lines take well under a second', () => {
    const text = Array.from(
      { length: 10_000 },
      (_, id) =>
        `[container c${id}]\n${'id use network ipv4 memory pids ready restart'.replaceAll(/\w[\w-]*/gu, (key) => `${key} = ${id} ; x\n`)}\n`,
    );
    const started = performance.now();
    const { sections, problems } = parse(text.join(''));
    expect(performance.now() - started).toBeLessThan(1500);
    expect([sections.length, problems.length]).toEqual([10_000, 0]);
  });
});

describe('whatever the text is', () => {
  const piece = fc.constantFrom(
    '[host]',
    '[container a]',
    '[',
    ']',
    'name',
    'id',
    'raw.x',
    ' = ',
    '=',
    '"',
    "'",
    '\\',
    ';',
    '#',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\r',
    'a.b',
    '__proto__',
    '\0',
    '\u{FFFD}',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  );

  test('it never throws, and every problem has a place in it', () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        const files = [first, second];
        for (const { code, where, message } of parse(first, second).problems) {
          expect(sourceProblems).toHaveProperty(code);
          expect(message).not.toMatch(/\n/u);
          const lines = (files[where?.file === 'host.ini' ? 0 : 1] ?? '')
            .replace(/^\u{FEFF}/u, '')
            .split(/\r\n|\n|\r/u);
          const line = lines[(where?.line ?? 0) - 1] ?? '';
          expect(where?.text).toHaveLength(line.length);
          expect(where?.column).toBeGreaterThanOrEqual(1);
          expect((where?.column ?? 0) - 1 + (where?.length ?? 0)).toBeLessThanOrEqual(Math.max(1, line.length));
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('places of what was read lie in it too', () => {
    fc.assert(
      fc.property(text, (content) => {
        const lines = content.replace(/^\u{FEFF}/u, '').split(/\r\n|\n|\r/u);
        for (const { entries } of parse(content).sections) {
          for (const { key, keyWhere, where } of entries.values()) {
            const line = lines[where.line - 1] ?? '';
            expect(line.slice((keyWhere.column ?? 0) - 1).startsWith(key)).toBe(true);
            expect((where.column ?? 0) - 1 + (where.length ?? 0)).toBeLessThanOrEqual(line.length);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
