import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, parseIp, parsePrefix } from '../../../src/base/ip.ts';
import { disjoint, outermost, type Rectangle } from '../../../src/outputs/nft/rectangles.ts';

const prefixes = ['0.0.0.0/0', '10.0.0.0/8', '10.0.3.0/24', '10.0.3.11/32', '192.0.2.0/24'] as const;
const probes = ['10.0.3.11', '10.0.3.12', '10.9.9.9', '192.0.2.1', '198.51.100.1'] as const;

const rectangle = tuple(constantFrom(...prefixes), integer({ min: 0, max: 40 }), integer({ min: 0, max: 40 })).map(
  ([prefix, one, other]): Rectangle => ({ prefix, first: Math.min(one, other), last: Math.max(one, other) }),
);

const isIn = ({ prefix, first, last }: Rectangle, address: string, port: number): boolean => {
  const [whole, ip] = [parsePrefix(prefix), parseIp(address)];
  return whole !== undefined && ip !== undefined && contains(whole, ip) && first <= port && port <= last;
};

describe('rectangles of addresses and ports', () => {
  it('are the same in parts, and no two parts overlap', () => {
    assert(
      property(array(rectangle, { maxLength: 6 }), (rectangles) => {
        const parts = disjoint(rectangles);
        for (const address of probes) {
          for (let port = 0; port <= 41; port += 1) {
            const within = parts.filter((part) => isIn(part, address, port));
            expect(within.length).toBe(rectangles.some((one) => isIn(one, address, port)) ? 1 : 0);
          }
        }
      }),
    );
  });

  it('leave out prefixes within others', () => {
    expect(outermost(['10.0.3.0/24', '10.0.0.0/8', '192.0.2.0/24', '10.0.0.0/8'])).toEqual([
      '10.0.0.0/8',
      '192.0.2.0/24',
    ]);
  });
});
