import type { HostSettings } from '../resolve/model.ts';

/** The OpenRC service that makes the interface `link` of the host's: netifrc's, or our own. */
export function linkService(link: string, links: HostSettings['links']): string {
  return links === 'netifrc' ? `net.${link}` : `rc-lxc-link.${link}`;
}
