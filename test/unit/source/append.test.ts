import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { UserError } from '../../../src/base/errors.ts';
import { appendContainer } from '../../../src/source/append.ts';
import { parseSource } from '../../../src/source/parse.ts';

const container = {
  name: 'web2',
  entries: new Map([
    ['id', '12'],
    ['network', 'internal'],
  ]),
};
const section = '[container web2]\nid = 12\nnetwork = internal\n';

test.each([
  ['', section],
  ['; nothing yet\n', `; nothing yet\n\n${section}`],
  ['[host]\nname = a ; kept', `[host]\nname = a ; kept\n\n${section}`],
  ['[host]\n\n# the end\n\n', `[host]\n\n# the end\n\n${section}`],
  ['[host]\n  \n', `[host]\n  \n${section}`],
  ['[host]\r\n', `[host]\r\n\r\n${section.replaceAll('\n', '\r\n')}`],
])('after %j', (text, expected) => {
  expect(appendContainer(text, container)).toBe(expected);
});

test('any value comes back, and what was there stays', () => {
  const value = fc
    .string({ unit: 'binary', maxLength: 40 })
    .filter((text) => !/[\u{2028}\u{2029}\u{85}\p{Cc}\u{FFFD}]/u.test(text));
  const awkward = fc.string({ unit: fc.constantFrom(...'"\'\\;#= []a\t\n'.split('')), maxLength: 12 });
  fc.assert(
    fc.property(fc.oneof(value, awkward), (template) => {
      const before = '\u{FEFF}; comment\r\n[host]\r\nname = x';
      const text = appendContainer(before, { name: 'web2', entries: new Map([['template', template]]) });
      expect(text.startsWith(before)).toBe(true);
      const { problems, sections } = parseSource([{ path: 'host.ini', text }]);
      expect(problems).toEqual([]);
      expect(sections[1]?.entries.get('template')?.value).toBe(template);
    }),
    { numRuns: 1000 },
  );
});

test.each(['a]\n[host', 'a/b', '', 'default', 'x'.repeat(64)])('%j is no name', (name) => {
  expect(() => appendContainer('', { name, entries: new Map() })).toThrow(UserError);
});
