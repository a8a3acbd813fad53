import { describe, expect, it } from 'vitest';

import { NftSets } from '../../../src/outputs/nft/sets.ts';
import { Written } from '../../../src/outputs/render.ts';

const ifname = ['type ifname'];

/** Sets of `names` with the same two elements, which come in another order each time. */
function alike(names: readonly string[], declaration: readonly string[] = ifname): NftSets {
  const sets = new NftSets();
  for (const [index, name] of names.entries()) {
    for (const one of index % 2 === 0 ? ['"a"', '"b"'] : ['"b"', '"a"']) sets.add(name, declaration, 'c', one);
  }
  return sets;
}

const written = (sets: NftSets): readonly string[] => sets.all().map(({ name }) => name);
const resolved = (sets: NftSets, text: string): string => sets.resolve(new Written(text)).text;

describe('sets of policies with the same elements', () => {
  it('are written once, under the name of the first, and found there', () => {
    const sets = alike(['port_names', 'in_limited', 'out_limited']);
    expect(sets.all()).toMatchObject([{ name: 'port_names', others: ['in_limited', 'out_limited'] }]);
    expect(resolved(sets, 'oifname @in_limited iifname != @out_limited drop')).toBe(
      'oifname @port_names iifname != @port_names drop',
    );
  });

  it('are several where one has an element more, or another one', () => {
    const sets = alike(['in_limited', 'out_limited', 'in_own']);
    sets.add('in_own', ifname, 'c', '"c"');
    sets.add('in_net_n', ifname, 'c', '"a"');
    sets.add('in_net_n', ifname, 'c', '"d"');
    expect(written(sets)).toEqual(['in_limited', 'in_own', 'in_net_n']);
    expect(resolved(sets, '@in_own @out_limited @in_net_n')).toBe('@in_own @in_limited @in_net_n');
  });

  it('are several where they differ in type or kind', () => {
    const sets = alike(['in_limited']);
    for (const one of ['"a"', '"b"']) {
      sets.add('in_limited4', ['type ipv4_addr'], 'c', one);
      sets.addToMap('in_map', ifname, 'c', one);
    }
    expect(written(sets)).toEqual(['in_limited', 'in_limited4', 'in_map']);
  });

  it('are not sought in what packets fill, nor are other sets left out', () => {
    const sets = alike(['link_names', 'inner_links']);
    sets.declareOpen('host_macs', ifname);
    sets.declare('in_none', ifname);
    expect(written(sets)).toEqual(['link_names', 'inner_links', 'host_macs', 'in_none']);
  });

  it('leaves names alone that are in strings and comments, and the bytes of packets', () => {
    const sets = alike(['port_names', 'in_limited']);
    const text = '# @in_limited\nlog prefix "@in_limited" iifname "a@in_limited" @ll,96,16 @in_limited_more';
    expect(resolved(sets, text)).toBe(text);
  });
});

describe('the size of a set', () => {
  it('is that of its elements', () => {
    expect(alike(['port_names']).all()).toMatchObject([{ declaration: ['type ifname', 'size 2'] }]);
  });

  it('is left out where more may come, and of sets with intervals', () => {
    const sets = alike(['in_prefix4'], ['type ipv4_addr', 'flags interval']);
    sets.declareOpen('host_macs', ['type ether_addr']);
    sets.add('host_macs', ['type ether_addr'], 'c', '02:00:00:00:00:01');
    expect(sets.all().map(({ declaration }) => declaration)).toEqual([
      ['type ipv4_addr', 'flags interval'],
      ['type ether_addr'],
    ]);
  });
});
