import { assert, property, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { derivedMac, interfaceName } from '../../../src/resolve/names.ts';

describe('interfaceName', () => {
  it('keeps what fits', () => {
    expect(interfaceName('web1-eth0')).toBe('web1-eth0');
    expect(interfaceName('exactly-15-long')).toBe('exactly-15-long');
  });

  it('shortens the rest to a readable beginning and a hash', () => {
    expect(interfaceName('tinderbox-amd64-eth0')).toMatch(/^tinderbo-[0-9a-z]{6}$/u);
    expect(interfaceName('abcdefg-something')).toMatch(/^abcdefg-[0-9a-z]{6}$/u);
  });

  it('gives different names their own, of a length that the kernel takes, every time the same', () => {
    const name = stringMatching(/^[a-z][a-z0-9-]{0,70}$/u);
    assert(
      property(name, name, (one, other) => {
        const short = interfaceName(one);
        expect(short.length).toBeLessThanOrEqual(15);
        expect(short).toMatch(/^[a-z][a-z0-9-]*$/u);
        expect(interfaceName(one)).toBe(short);
        if (one !== other && one.length > 15 && other.length > 15) expect(interfaceName(other)).not.toBe(short);
      }),
    );
  });
});

describe('derivedMac', () => {
  it('is locally administered, of one machine, and differs with every part', () => {
    const addresses = [
      derivedMac('02', 'host', 'web1', 'eth0'),
      derivedMac('02', 'host', 'web1', 'eth1'),
      derivedMac('02', 'host', 'web', '1eth0'),
      derivedMac('02', 'other', 'web1', 'eth0'),
    ];
    expect(new Set(addresses).size).toBe(4);
    for (const address of addresses) expect(address).toMatch(/^02(?::[0-9a-f]{2}){5}$/u);
    expect(derivedMac('fe', 'host', 'network', 'internal')).toMatch(/^fe(?::[0-9a-f]{2}){5}$/u);
  });

  it('never changes: a new address would be a new machine to everyone else', () => {
    expect(derivedMac('02', 'excelsior', 'web1', 'eth0')).toBe('02:16:c2:87:cc:b7');
    expect(interfaceName('a-name-that-is-far-too-long-for-an-interface-eth0')).toBe('a-name-t-opm1cg');
  });
});
