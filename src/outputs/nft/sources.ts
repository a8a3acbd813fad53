import { quoteNftAddress, quoteNftInterface } from '../../base/quote/index.ts';
import { parseIp } from '../../base/ip.ts';
import type { PolicyNic } from '../../resolve/policy.ts';
import { addressType, sendersOf } from './policy-sets.ts';
import type { NftSets } from './sets.ts';

/** nft 1.0.6 has no name for the target of a neighbour advertisement: it is looked up as the number that it is. */
const target = '@th,64,128';

/** nft's text for who sends. */
interface SourceKey {
  readonly type: string;
  readonly field: string;
  readonly value: string;
  /**
   * After the address: nft tells the protocol of an address that follows a MAC by the EtherType, and finds a VLAN's there.
   * Of one that comes first it asks the kernel, also in rules that were listed and are loaded again.
   */
  readonly isLast?: boolean;
}

/**
 * The addresses that one interface sends from, keyed by the port's name, or by the MAC where packets of many containers
 * pass one card.
 */
export function addSources(sets: NftSets, nic: PolicyNic, key: SourceKey): void {
  const pair = (own: string, address: string): string =>
    (key.isLast === true ? [address, own] : [own, address]).join(' . ');
  const { name } = nic.container;
  for (const family of [4, 6] as const) {
    for (const address of sendersOf(nic, family)) {
      const type = `type ${pair(key.type, addressType(family))}`;
      sets.add(`source_addresses${family}`, [type], name, pair(key.value, quoteNftAddress(address)));
      if (family === 6)
        sets.add('nd_targets', [`typeof ${key.field} . ${target}`], name, `${key.value} . ${addressNumber(address)}`);
    }
  }
}

/** As nft writes what it has no name for. */
export function addressNumber(address: string): string {
  const ip = parseIp(address);
  if (ip === undefined) throw new Error(`no address: ${address}`);
  return `0x${ip.value.toString(16).padStart(ip.family === 4 ? 8 : 32, '0')}`;
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
