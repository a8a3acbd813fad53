import { array, assert, integer, property, record, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { overlaps, parsePrefix } from '../../../src/base/ip.ts';
import { resolveText } from './support.ts';

const codesOf = (text: string, code: string): number =>
  resolveText(text).problems.filter((found) => found.code === code).length;

describe('network-overlap', () => {
  const prefix = record({ block: integer({ min: 0, max: 15 }), length: integer({ min: 24, max: 30 }) }).map(
    ({ block, length }) => `10.0.${block >> 3}.${(block & 7) * 32 + 1}/${length}`,
  );

  it('finds an overlap exactly where two prefixes have addresses in common', () => {
    assert(
      property(array(prefix, { maxLength: 6 }), (prefixes) => {
        const text = prefixes.map((written, index) => `[network n${index}]\nipv4 = ${written}\n`).join('');
        const parsed = prefixes.flatMap((written) => parsePrefix(written) ?? []);
        const any = parsed.some((one, at) => parsed.some((other, index) => index > at && overlaps(one, other)));
        expect(codesOf(text, 'network-overlap') > 0).toBe(any);
      }),
    );
  });
});

describe('needs-cycle', () => {
  const edges = array(record({ from: integer({ min: 0, max: 5 }), to: integer({ min: 0, max: 5 }) }), {
    maxLength: 12,
  });

  it('finds a circle exactly where following needs leads back', () => {
    assert(
      property(edges, (links) => {
        const needs = Array.from({ length: 6 }, (_, at) => [
          ...new Set(links.flatMap(({ from, to }) => (from === at && to !== at ? [to] : []))),
        ]);
        const text = needs.map((list, at) => {
          const line = list.length === 0 ? '' : `needs = ${list.map((to) => `c${to}`).join(', ')}\n`;
          return `[container c${at}]\nid = ${at + 1}\n${line}`;
        });
        expect(codesOf(text.join(''), 'needs-cycle') > 0).toBe(hasCircle(needs));
      }),
    );
  });
});

/** Takes away what needs nothing that is left, until nothing changes: what stays is in or behind a circle. */
function hasCircle(needs: readonly (readonly number[])[]): boolean {
  const left = new Set(needs.keys());
  for (;;) {
    const free = [...left].filter((at) => (needs[at] ?? []).every((to) => !left.has(to)));
    if (free.length === 0) return left.size > 0;
    for (const at of free) left.delete(at);
  }
}

describe('rootfs-shared', () => {
  const path = uniqueArray(integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 3 }).map(
    (parts) => `/r/${parts.join('/')}`,
  );

  it('finds every rootfs that is another’s or inside one', () => {
    assert(
      property(array(path, { maxLength: 5 }), (paths) => {
        const text = paths.map((rootfs, at) => `[container c${at}]\nid = ${at + 1}\nrootfs = ${rootfs}\n`).join('');
        const inside = paths.some((one, at) =>
          paths.some((other, index) => index !== at && `${one}/`.startsWith(`${other}/`)),
        );
        expect(codesOf(text, 'rootfs-shared') > 0).toBe(inside);
      }),
    );
  });
});
