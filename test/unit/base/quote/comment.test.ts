import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { commentText, displayText } from '../../../../src/base/quote/index.ts';

test('a comment stays on its line, whatever is in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(commentText(text)).not.toMatch(/[\p{Cc}\u{2028}\u{2029}]/u);
    }),
  );
  expect(commentText('/etc/a\nrm -rf b.ini')).toBe(String.raw`/etc/a\u000arm -rf b.ini`);
});

test('what is shown keeps its columns', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(displayText(text)).toHaveLength(text.length);
    }),
  );
});
