import { quoteNftInterface as port } from '../../base/quote/index.ts';
import type { PolicyNic } from '../../resolve/policy.ts';
import { netdevTable } from './netdev.ts';

/**
 * What must be loaded before a container starts, a line each: `FAMILY TABLE SET ELEMENT`, the container's own element
 * of a set of each table that holds it, in nft's words.
 */
export function loadedElements(nics: readonly PolicyNic[]): readonly string[] {
  return nics.flatMap(({ attachment, nic }) => {
    switch (attachment.kind) {
      case 'port':
        return [
          `bridge rc-lxc port_names ${port(attachment.port)}`,
          `inet rc-lxc link_names ${port(attachment.bridge)}`,
        ];
      case 'routed':
        return [`inet rc-lxc link_names ${port(attachment.veth)}`];
      case 'parent':
        return [`netdev ${netdevTable(attachment.parent)} own_addresses6 ${nic.linkLocal}`];
      case 'none':
        return [];
    }
  });
}
