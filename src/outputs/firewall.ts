import { quoteNftAddress, quoteNftInterface, quoteNftString } from '../base/quote/index.ts';
import type { FirewallParts } from '../networks/types.ts';
import { header, hostPlace } from './header.ts';
import { firewallService, nftablesPath } from './paths.ts';
import { renderer } from './render.ts';
import type { Renderer } from './render.ts';
import type { OutputKind } from './types.ts';

const table: Renderer<FirewallParts & { readonly header: readonly string[]; readonly uplinks: readonly string[] }> =
  renderer('nftables/table', quoteNftString, { interface: quoteNftInterface, address: quoteNftAddress });

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
        }),
      },
    ];
  },
  services: (view) => (view.hasFirewall ? [firewallService] : []),
};
