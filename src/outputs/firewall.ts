import { quoteNftAddress, quoteNftInterface, quoteNftString } from '../base/quote/index.ts';
import type { FirewallParts } from '../networks/types.ts';
import { header, hostPlace } from './header.ts';
import { firewallService, nftablesPath } from './paths.ts';
import { renderer } from './render.ts';
import type { Renderer } from './render.ts';
import type { OutputKind } from './types.ts';

interface TableData extends FirewallParts {
  readonly header: readonly string[];
  readonly uplinks: readonly string[];
  /** What leaves is sent from these; '' for whatever address the uplink has. */
  readonly source4: string;
  readonly source6: string;
}

const table: Renderer<TableData> = renderer('nftables/table', quoteNftString, {
  interface: quoteNftInterface,
  address: quoteNftAddress,
});

/** The first of the host's public addresses; with several uplinks it is one's alone, and each uses its own. */
function senderAddress(uplinks: readonly string[], addresses: readonly string[]): string {
  return uplinks.length === 1 ? (addresses[0] ?? '') : '';
}

export const firewall: OutputKind = {
  name: 'firewall',
  summary: 'Our nftables table: forwarding and masquerading, in sets keyed by interface and prefix.',
  paths: [nftablesPath],
  files: ({ model, networks, uplinks }) => {
    const guarded = [...networks.values()].filter((network) => network.guarded);
    if (guarded.length === 0) return [];
    const sections = guarded.map(({ network }) => `[network ${network.name}]`);
    return [
      {
        kind: 'file',
        path: nftablesPath,
        mode: 0o644,
        syntax: 'nft',
        origin: hostPlace(model),
        services: [firewallService],
        content: table({
          header: header(hostPlace(model), sections.join(', ')),
          uplinks,
          guarded: guarded.flatMap(({ parts }) => parts.guarded),
          masquerade4: guarded.flatMap(({ parts }) => parts.masquerade4),
          masquerade6: guarded.flatMap(({ parts }) => parts.masquerade6),
          source4: senderAddress(uplinks, model.host.ipv4),
          source6: senderAddress(uplinks, model.host.ipv6),
        }),
      },
    ];
  },
  services: (view) => (view.hasFirewall ? [firewallService] : []),
};
