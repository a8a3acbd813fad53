import { quoteNftAddress } from '../../base/quote/index.ts';
import type { PolicyNic } from '../../resolve/policy.ts';
import type { NftChain } from './chains.ts';
import { addressType, sendersOf } from './policy-sets.ts';
import type { Family } from './policy-sets.ts';
import type { NftSets } from './sets.ts';

/**
 * Networks whose containers never reach each other: by address, so that it holds whichever way a packet takes, through
 * the host and through a router outside as well. One map finds the sender's network; its chain has the others of it.
 */
export function isolationChains(sets: NftSets, nics: readonly PolicyNic[], family: Family): readonly NftChain[] {
  const ip = family === 4 ? 'ip' : 'ip6';
  const isolated = nics.filter(({ network, attachment }) => network.isolate && attachment.kind !== 'none');
  const names = new Set<string>();
  for (const nic of isolated) {
    const { name } = nic.network;
    for (const address of sendersOf(nic, family)) {
      const [quoted, container] = [quoteNftAddress(address), nic.container.name];
      const type = `type ${addressType(family)}`;
      sets.addToMap(
        `isolated${family}_from`,
        [`${type} : verdict`],
        container,
        `${quoted} : jump isolated${family}_${name}`,
      );
      sets.add(`isolated${family}_in_${name}`, [type], container, quoted);
      names.add(name);
    }
  }
  return [...names].map((name) => ({
    name: `isolated${family}_${name}`,
    comment: [],
    rules: [`${ip} daddr @isolated${family}_in_${name} goto dropped_packet`],
  }));
}
