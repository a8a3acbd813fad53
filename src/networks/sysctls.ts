import type { Sysctl } from './types.ts';

/**
 * `accept_ra` of `eth0`. The dot of `eth0.100` is no separator: sysctl(8) takes a name whose first separator is a slash
 * by slashes alone.
 */
export function ofInterface(family: 'ipv4' | 'ipv6', kind: 'conf' | 'neigh', link: string, key: string): string {
  const parts = ['net', family, kind, link, key];
  return parts.join(link.includes('.') ? '/' : '.');
}

/** What makes the host forward. `uplinks`: the interfaces that carry the host's own way out. */
export function forwarding(
  { four, six }: { readonly four: boolean; readonly six: boolean },
  uplinks: readonly string[],
): readonly Sysctl[] {
  return [
    ...(four ? [{ name: 'net.ipv4.ip_forward', value: '1' }] : []),
    ...(six
      ? [
          // Forwarding makes the kernel ignore router advertisements, and the host lose its own way out, unless this is 2.
          ...uplinks.map((uplink) => ({ name: ofInterface('ipv6', 'conf', uplink, 'accept_ra'), value: '2' })),
          { name: 'net.ipv6.conf.all.forwarding', value: '1' },
        ]
      : []),
  ];
}
