import { isIPv4, isIPv6 } from 'node:net';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  addToIp,
  addressRange,
  contains,
  firstAddress,
  formatIp,
  formatPrefix,
  isHostAddress,
  lastAddress,
  networkOf,
  numberedAddress,
  overlaps,
  parseIp,
  parsePrefix,
} from '../../../src/base/ip.ts';
import type { Ip, Prefix } from '../../../src/base/ip.ts';

function ip(text: string): Ip {
  const parsed = parseIp(text);
  if (parsed === undefined) throw new Error(`${text} is no address`);
  return parsed;
}

function prefix(text: string): Prefix {
  const parsed = parsePrefix(text);
  if (parsed === undefined) throw new Error(`${text} is no prefix`);
  return parsed;
}

function usable(network: string, address: string): boolean {
  return isHostAddress(prefix(network), ip(address));
}

function numbered(network: string, number: number): string | undefined {
  const found = numberedAddress(prefix(network), number);
  return found && formatIp(found);
}

const anyIp = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }).map((value): Ip => ({ family: 4, value })),
  fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map((value): Ip => ({ family: 6, value })),
);
const anyPrefix = anyIp.chain((address) =>
  fc.nat(address.family === 4 ? 32 : 128).map((length): Prefix => ({ ip: address, length })),
);

describe('reading and writing', () => {
  test('what is an address is what Node takes for one, zones apart', () => {
    const text = fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV4Extended(), fc.stringMatching(/^[0-9a-f:.%]{0,20}$/u));
    fc.assert(
      fc.property(text, (value) => {
        expect(parseIp(value) !== undefined).toBe((isIPv4(value) || isIPv6(value)) && !value.includes('%'));
      }),
      { numRuns: 2000 },
    );
  });

  test('an address comes back from its text', () => {
    fc.assert(
      fc.property(anyIp, (address) => {
        expect(parseIp(formatIp(address))).toEqual(address);
      }),
    );
  });

  test('a prefix comes back from its text', () => {
    fc.assert(
      fc.property(anyPrefix, (value) => {
        expect(parsePrefix(formatPrefix(value))).toEqual(value);
      }),
    );
  });

  test.each([
    ['FD00:0:0:3:0:0:0:1', 'fd00:0:0:3::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:0db8::0001', '2001:db8::1'],
    ['::', '::'],
    ['10.0.3.1', '10.0.3.1'],
    ['255.255.255.255', '255.255.255.255'],
  ])('%s is written %s', (text, canonical) => {
    expect(formatIp(ip(text))).toBe(canonical);
  });

  test.each(['10.0.3', '10.0.3.256', '010.0.3.1', '0x0a.0.0.1', ' 10.0.3.1', '10.0.3.1 ', 'fe80::1%eth0', '', '::1::'])(
    '%j is no address',
    (text) => {
      expect(parseIp(text)).toBeUndefined();
    },
  );

  test.each([
    '10.0.3.1',
    '10.0.3.1/33',
    '10.0.3.1/024',
    '10.0.3.1/',
    '::1/129',
    '10.0.3.1/24/24',
    '10.0.3.1/255.255.255.0',
  ])('%j is no prefix', (text) => {
    expect(parsePrefix(text)).toBeUndefined();
  });
});

describe('prefixes', () => {
  test('the first and the last address are the ends of what it contains', () => {
    fc.assert(
      fc.property(anyPrefix, (value) => {
        const [first, last] = [firstAddress(value), lastAddress(value)];
        expect([contains(value, first), contains(value, value.ip), contains(value, last)]).toEqual([true, true, true]);
        const [before, after] = [addToIp(first, -1), addToIp(last, 1)];
        expect(before !== undefined && contains(value, before)).toBe(false);
        expect(after !== undefined && contains(value, after)).toBe(false);
        expect(last.value - first.value + 1n).toBe(2n ** BigInt((value.ip.family === 4 ? 32 : 128) - value.length));
      }),
    );
  });

  test('two overlap when one holds an end of the other', () => {
    fc.assert(
      fc.property(anyPrefix, anyPrefix, (one, other) => {
        const shared = contains(one, firstAddress(other)) || contains(other, firstAddress(one));
        expect(overlaps(one, other)).toBe(shared);
      }),
    );
  });

  test('a host address is neither the network nor the broadcast address', () => {
    expect(usable('10.0.3.1/24', '10.0.3.0')).toBe(false);
    expect(usable('10.0.3.1/24', '10.0.3.255')).toBe(false);
    expect(usable('10.0.3.1/24', '10.0.4.1')).toBe(false);
    expect(usable('10.0.3.1/24', '10.0.3.254')).toBe(true);
    expect(usable('10.0.3.0/31', '10.0.3.0')).toBe(true);
    expect(usable('10.0.3.0/32', '10.0.3.0')).toBe(true);
    expect(usable('fd00::/64', 'fd00::')).toBe(false);
    expect(usable('fd00::/64', 'fd00::ffff:ffff:ffff:ffff')).toBe(true);
    expect(usable('fd00::/64', '10.0.3.1')).toBe(false);
  });

  test('numbered addresses end where the prefix does', () => {
    expect(numbered('10.0.3.1/24', 11)).toBe('10.0.3.11');
    expect(numbered('10.0.3.1/24', 255)).toBeUndefined();
    expect(numbered('10.0.3.1/24', 256)).toBeUndefined();
    expect(numbered('10.0.0.1/16', 300)).toBe('10.0.1.44');
    expect(numbered('fd00:0:0:3::1/64', 11)).toBe('fd00:0:0:3::b');
    expect(numbered('255.255.255.0/24', 300)).toBeUndefined();
  });

  test('the network is the prefix with its first address', () => {
    expect(formatPrefix(networkOf(prefix('10.0.3.77/24')))).toBe('10.0.3.0/24');
  });
});

test('ranges have the names of the registries', () => {
  expect(
    ['10.0.0.1', '192.0.2.1', '127.0.0.1', '224.0.0.1', 'fe80::1', 'fd00::1', '2001:4860::1'].map((text) =>
      addressRange(ip(text)),
    ),
  ).toEqual(['private', 'reserved', 'loopback', 'multicast', 'linkLocal', 'uniqueLocal', 'unicast']);
});
