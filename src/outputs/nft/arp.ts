import { quoteNftAddress, quoteNftInterface } from '../../base/quote/index.ts';
import type { PolicyNic } from '../../resolve/policy.ts';
import type { Written } from '../render.ts';
import { NftSets } from './sets.ts';
import { nftPart, parts } from './texts.ts';

const template = nftPart('nftables/arp');

/** The table of the family arp; undefined where nobody that the host routes to has an IPv4 address. */
export function arpTable(nics: readonly PolicyNic[]): Written | undefined {
  const sets = new NftSets();
  for (const { attachment, container, nic } of nics) {
    if (attachment.kind !== 'routed' || !container.spoofCheck) continue;
    const port = quoteNftInterface(attachment.veth);
    sets.add('routed_ports', ['type ifname'], container.name, port);
    for (const address of nic.senders4) {
      const element = `${port} . ${nic.mac} . ${quoteNftAddress(address)}`;
      sets.add('arp_senders', ['type ifname . ether_addr . ipv4_addr'], container.name, element);
    }
  }
  if (!sets.has('arp_senders')) return undefined;
  return sets.resolve(template({ sets: parts.sets({ sets: sets.all() }) }));
}
