import { spawnSync } from 'node:child_process';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  UnquotableError,
  quoteNftAddress,
  quoteNftInterface,
  quoteNftName,
  quoteNftString,
} from '../../../../src/base/quote/index.ts';
import { isThere } from './shells.ts';

/** nft works on the rules of the network namespace it is in: here on one of its own, which goes with it. */
function nft(rules: string): { status: number | null; stdout: string; stderr: string } {
  const command = 'nft -f /dev/stdin && nft -j list ruleset';
  return spawnSync('unshare', ['-n', 'sh', '-c', command], { input: rules, encoding: 'utf8' });
}

const works = isThere('nft') && isThere('unshare') && nft('table inet t_0 { }').status === 0;
if (!works) console.warn('SKIPPED: nft cannot be run in a network namespace, so nft itself does not check its quoting');

interface Listed {
  readonly nftables: readonly {
    readonly rule?: {
      readonly comment?: string;
      readonly expr?: readonly { readonly match?: { readonly right: string } }[];
    };
  }[];
}

/** Comments and interface names of a rule each, as nft lists them after loading. */
function listed(pairs: readonly (readonly [comment: string, device: string])[]): unknown[] {
  const rules = pairs.map(
    ([comment, device]) => `iifname ${quoteNftInterface(device)} accept comment ${quoteNftString(comment)}\n`,
  );
  const { status, stdout, stderr } = nft(`table inet t_0 {\nchain c_0 {\n${rules.join('')}}\n}\n`);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { nftables }: Listed = JSON.parse(stdout);
  return nftables.flatMap(({ rule }) => (rule === undefined ? [] : [[rule.comment, rule.expr?.[0]?.match?.right]]));
}

const accepted = (quote: (value: string) => string) => (value: string) => {
  try {
    quote(value);
    return true;
  } catch (error) {
    if (error instanceof UnquotableError) return false;
    throw error;
  }
};

describe.skipIf(!works)('loaded by nft', () => {
  test('any accepted comment and interface name is listed as it is', () => {
    const comment = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
      fc.string({ minLength: 1, maxLength: 128 }),
    );
    const device = fc.oneof(
      fc.string({ minLength: 1, maxLength: 15 }),
      fc.constantFrom('web1-eth0', 'br-lan', 'eth0.7', 'wlp3s0'),
    );
    const pair = fc.tuple(comment.filter(accepted(quoteNftString)), device.filter(accepted(quoteNftInterface)));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 20, maxLength: 60 }), (pairs) => {
        expect(listed(pairs)).toEqual(pairs);
      }),
      { numRuns: 10 },
    );
  });

  test('any accepted name is taken, also with a keyword in it', () => {
    const keywords = ['ip6', 'fwd', 'dnat', 'ct', 'accept', 'add', 'element', 'gc-interval'];
    const word = fc.stringMatching(/^[A-Za-z0-9-]{0,12}$/u);
    const name = fc
      .oneof(word, fc.constantFrom(...keywords))
      .chain((value) => fc.constantFrom(`net_${value}`, `rc-${value}`, `${value}_4`));
    fc.assert(
      fc.property(fc.array(name.filter(accepted(quoteNftName)), { minLength: 30, maxLength: 60 }), (names) => {
        const { status, stderr } = nft(names.map((value) => `table inet ${quoteNftName(value)} { }\n`).join(''));
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      }),
      { numRuns: 10 },
    );
  });

  test('a comment of 128 bytes is the longest', () => {
    expect(listed([['é'.repeat(64), 'eth0']])).toEqual([['é'.repeat(64), 'eth0']]);
    expect(() => quoteNftString(`${'é'.repeat(64)}x`)).toThrow(UnquotableError);
  });
});

test.each(['a"b', 'a\nb', 'a\0b', '\uD800'])('string %j cannot be held', (value) => {
  expect(() => quoteNftString(value)).toThrow(UnquotableError);
});

test.each(['eth*', 'a b', '', 'sixteen-bytes-xx', 'a/b', 'a"b', '..', 'ü'.repeat(8)])('%j is no interface', (value) => {
  expect(() => quoteNftInterface(value)).toThrow(UnquotableError);
});

test.each(['ip6', 'accept', '1a_b', 'a b_', '', `a_${'x'.repeat(255)}`])('%j is no name', (value) => {
  expect(() => quoteNftName(value)).toThrow(UnquotableError);
});

test('addresses and prefixes are canonical', () => {
  expect(quoteNftAddress('FD00:0:0:3:0:0:0:1')).toBe('fd00:0:0:3::1');
  expect(quoteNftAddress('10.0.3.0/24')).toBe('10.0.3.0/24');
  expect(() => quoteNftAddress('10.0.3.0/24; flush ruleset')).toThrow(UnquotableError);
});
