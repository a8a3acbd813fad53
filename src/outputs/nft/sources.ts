import { quoteNftAddress, quoteNftInterface } from '../../base/quote/index.ts';
import { parseIp } from '../../base/ip.ts';
import type { PolicyNic } from '../../resolve/policy.ts';
import { addressType, sendersOf } from './policy-sets.ts';
import type { NftSets } from './sets.ts';

/** nft 1.0.6 has no name for the target of a neighbour advertisement: it is looked up as the number that it is. */
const target = '@th,64,128';

/**
 * The addresses that one interface sends from, keyed by `key`, which is nft's text for who sends: the port's name, or
 * the MAC where packets of many containers pass one card.
 */
export function addSources(
  sets: NftSets,
  nic: PolicyNic,
  key: { readonly type: string; readonly field: string; readonly value: string },
): void {
  const { name } = nic.container;
  for (const family of [4, 6] as const) {
    for (const address of sendersOf(nic, family)) {
      const type = `type ${key.type} . ${addressType(family)}`;
      sets.add(`source_addresses${family}`, [type], name, `${key.value} . ${quoteNftAddress(address)}`);
      if (family === 6)
        sets.add('nd_targets', [`typeof ${key.field} . ${target}`], name, `${key.value} . ${number(address)}`);
    }
  }
}

function number(address: string): string {
  const ip = parseIp(address);
  if (ip === undefined) throw new Error(`no address: ${address}`);
  return `0x${ip.value.toString(16).padStart(32, '0')}`;
}

/** Which MAC a port sends from. */
export function addPortMac(sets: NftSets, nic: PolicyNic, port: string): void {
  sets.add(
    'port_macs',
    ['type ifname . ether_addr'],
    nic.container.name,
    `${quoteNftInterface(port)} . ${nic.nic.mac}`,
  );
}
