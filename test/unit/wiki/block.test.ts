import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { beginMark, endMark } from '../../../src/docs/mediawiki/index.ts';
import { editsOf, stateOf, textBetween, withText } from '../../../src/wiki/block.ts';
import type { Revision } from '../../../src/wiki/types.ts';

const page = 'LXC/OpenRC';
const [begin, end] = [beginMark(page), endMark(page)];
const written = withText(page, undefined, 'Ours.\n');

describe('what of a page on a wiki is ours', () => {
  it.each([
    ['absent', undefined],
    ['unmarked', 'Somebody’s.'],
    ['current', written],
    ['current', written.replaceAll('\n', '\r\n')],
    ['outdated', withText(page, undefined, 'Older.\n')],
    // Put there by hand, from rendered files: what it is of is not noted.
    ['adopted', `${begin}\nOurs.\n${end}`],
    ['adopted', withText(page, undefined, 'Older.\n').replace('Older.', 'Ours.')],
    ['outdated', `${begin}\n${end}`],
    ['edited', `${begin}\nOlder.\n${end}`],
    ['edited', written.replace('Ours.', 'Ours, and more.')],
    ['edited', written.replace('Ours.', '')],
    ['damaged', `${begin}\nOurs.`],
    ['damaged', `Ours.\n${end}`],
    ['damaged', `${end}\nOurs.\n${begin}`],
    ['damaged', `${written}\n${written}`],
    ['damaged', `${begin}\n${beginMark('rc-lxc')}\n${end}`],
  ])('is %s where it is %j', (state, content) => {
    // An empty text with a sum of something else: somebody deleted it, and ours has its place again.
    const expected = content === written.replace('Ours.', '') ? 'outdated' : state;
    expect(stateOf(page, content, 'Ours.\n').state).toBe(expected);
  });

  it('takes composed and decomposed characters for the same', () => {
    expect(stateOf(page, withText(page, undefined, 'e\u0301'), '\u00E9\n').state).toBe('current');
  });

  it('is written and found again, whatever stands around it', () => {
    const plain = string({ unit: 'grapheme' }).filter((text) => !text.includes('<!-- rc-lxc:'));
    assert(
      property(plain, plain, plain, (before, text, after) => {
        const content = `${before}${begin}\n${end}${after}`;
        const pushed = withText(page, content, text);
        expect(pushed.startsWith(`${before}${begin}\n`)).toBe(true);
        expect(pushed.endsWith(`${end}${after}`)).toBe(true);
        expect(stateOf(page, pushed, text).state).toBe('current');
        // A second time changes nothing.
        expect(withText(page, pushed, text)).toBe(pushed);
        expect(stateOf(page, pushed, `${text}\nmore`).state).toBe('outdated');
      }),
    );
  });
});

describe('whose edits they are', () => {
  const revision = (id: number, content: string): Revision => ({
    id,
    content,
    user: `user${id}`,
    timestamp: '',
    comment: '',
  });
  const edited = written.replace('Ours.', 'Ours, and more.');

  it('is told of what is between the marks alone, since it was written last', () => {
    const history = [
      revision(5, edited.replace('more', 'still more')),
      revision(4, `Around. ${edited}`),
      revision(3, edited),
      revision(2, written),
      revision(1, 'Nothing of ours.'),
    ];
    const { base, edits } = editsOf(page, history);
    expect(base?.id).toBe(2);
    expect(edits.map(({ id }) => id)).toEqual([3, 5]);
  });

  it('is not known where what was written is too long ago', () => {
    const { base, edits } = editsOf(page, [revision(9, edited), revision(8, edited)]);
    expect(base).toBeUndefined();
    expect(edits.map(({ id }) => id)).toEqual([8]);
  });

  it('has the text between the marks without the line of its sum', () => {
    expect(textBetween(page, edited)).toBe('Ours, and more.\n');
    expect(textBetween(page, 'none')).toBeUndefined();
  });
});
