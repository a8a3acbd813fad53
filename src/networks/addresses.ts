import type { NetworkModel } from '../resolve/model.ts';

/** The host's addresses in a network with their prefix lengths, one of a family at most. */
export function hostAddresses({ ipv4, ipv6 }: NetworkModel): {
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
} {
  return {
    ipv4: ipv4 === undefined ? [] : [`${ipv4.address}/${ipv4.length}`],
    ipv6: ipv6 === undefined ? [] : [`${ipv6.address}/${ipv6.length}`],
  };
}
