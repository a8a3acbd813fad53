import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { didYouMean, nearest } from '../../../src/base/nearest.ts';

const known = ['memory', 'mount', 'network', 'ready', 'ready-timeout', 'stop-timeout', 'ipv4', 'ipv6'];

test.each([
  ['memroy', 'memory'],
  ['Memory', 'memory'],
  ['ready_timeout', 'ready-timeout'],
  ['netwrok', 'network'],
  ['ip4', 'ipv4'],
  ['stoptimeout', 'stop-timeout'],
])('%s is most likely %s', (word, meant) => {
  expect(nearest(word, known)).toBe(meant);
});

test.each(['', 'x', 'completely', 'reader-and-writer'])('%j is like none of them', (word) => {
  expect(nearest(word, known)).toBeUndefined();
});

test('the nearest of several', () => {
  expect(nearest('abcdefgij', ['abcdefghiXX', 'abcdefghij', 'abcdefg'])).toBe('abcdefghij');
});

test('one letter less or other is found in words long enough', () => {
  const word = fc.stringMatching(/^[a-z]{4,12}$/u);
  fc.assert(
    fc.property(word, fc.nat(), fc.constantFrom('', 'q'), (right, at, instead) => {
      const place = at % right.length;
      const wrong = right.slice(0, place) + instead + right.slice(place + 1);
      expect(nearest(wrong, [right])).toBe(right);
    }),
  );
});

test('the hint names it', () => {
  expect(didYouMean('memroy', known)).toBe('did you mean "memory"?');
  expect(didYouMean('completely', known)).toBeUndefined();
});
