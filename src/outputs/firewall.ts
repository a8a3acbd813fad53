import { groupBy } from '../base/group.ts';
import type { PolicyNic } from '../resolve/policy.ts';
import { policyNics } from '../resolve/policy.ts';
import type { HostModel } from '../resolve/model.ts';
import type { DesiredFile } from '../tree/types.ts';
import { header, hostPlace } from './header.ts';
import { arpTable } from './nft/arp.ts';
import { bridgeTable } from './nft/bridge.ts';
import { inetTable } from './nft/inet.ts';
import { netdevFile } from './nft/netdev.ts';
import { nftRenderer } from './nft/texts.ts';
import { firewallService, netdevPath, nftablesPath } from './paths.ts';
import type { OutputKind } from './types.ts';
import type { HostView } from './view.ts';

const file = nftRenderer('nftables/file');

/** The first of the host's public addresses; with several uplinks it is one's alone, and each uses its own. */
function senderAddress(uplinks: readonly string[], addresses: readonly string[]): string {
  return uplinks.length === 1 ? (addresses[0] ?? '') : '';
}

/** What is loaded whatever interfaces there are. */
function mainFile(view: HostView, nics: readonly PolicyNic[]): readonly DesiredFile[] {
  const { model, networks, uplinks } = view;
  const tables = [
    bridgeTable(model, nics),
    inetTable({
      model,
      nics,
      networks: [...networks.values()],
      uplinks,
      source4: senderAddress(uplinks, model.host.ipv4),
      source6: senderAddress(uplinks, model.host.ipv6),
    }),
    arpTable(nics),
  ].flatMap((table) => table ?? []);
  if (tables.length === 0) return [];
  return [
    nftFile(model, nftablesPath, file({ header: header(hostPlace(model), 'its containers and networks'), tables })),
  ];
}

/** A file for each card that containers share: its table is there only while the card is. */
function parentFiles({ model }: HostView, nics: readonly PolicyNic[]): readonly DesiredFile[] {
  const byParent = groupBy(nics, ({ attachment }) => (attachment.kind === 'parent' ? attachment.parent : ''));
  return [...byParent]
    .filter(([parent]) => parent !== '')
    .map(([parent, own]) => {
      const lines = header(hostPlace(model), 'its containers and networks');
      return nftFile(model, netdevPath(parent), netdevFile(model, parent, own, lines));
    });
}

function nftFile(model: HostModel, path: string, content: string): DesiredFile {
  return {
    kind: 'file',
    path,
    mode: 0o644,
    syntax: 'nft',
    origin: hostPlace(model),
    services: [firewallService],
    content,
  };
}

export const firewall: OutputKind = {
  name: 'firewall',
  summary:
    'Our nftables tables: who sends as whom, who may reach whom, forwarding and masquerading, in sets keyed by interface and address.',
  paths: [nftablesPath, '/etc/rc-lxc/nftables-PARENT.nft'],
  files: (view) => {
    if (view.model.host.firewall !== 'nftables') return [];
    const nics = policyNics(view.model);
    return [...mainFile(view, nics), ...parentFiles(view, nics)];
  },
  services: (view) => (view.hasFirewall ? [firewallService] : []),
};
