import { typeOf } from '../networks/index.ts';
import type { NicModel } from '../resolve/model.ts';
import type { HostView } from './view.ts';

/**
 * `VETH LINK HOSTMAC MAC OPTIONS`, what the host's side of an interface needs: the bridge that it belongs to (`-`:
 * none), its own MAC, the container's, and options separated by commas (`-`: none), as init.d/lib/veth.sh has them:
 * `isolated`, `static`, and of a routed one `route=ADDRESS` and `proxy=UPLINK`. Undefined where the host has no side.
 */
export function portLine({ networks, uplinks }: HostView, nic: NicModel): string | undefined {
  const view = networks.get(nic.network);
  if (view === undefined || nic.hostMac === undefined) return undefined;
  const { network } = view;
  const attachment = typeOf(network).attachment(network, nic);
  if (attachment.kind === 'port') {
    const options = [...(network.isolate ? ['isolated'] : []), ...(network.quiet ? ['static'] : [])];
    return line(attachment.port, attachment.bridge, nic, options);
  }
  if (attachment.kind !== 'routed') return undefined;
  const routes = [nic.ipv4, nic.ipv6].flatMap((address) => (address === undefined ? [] : [`route=${address.address}`]));
  return line(attachment.veth, '-', nic, [...routes, ...uplinks.map((uplink) => `proxy=${uplink}`)]);
}

function line(veth: string, link: string, nic: NicModel, options: readonly string[]): string {
  return [veth, link, nic.hostMac ?? '-', nic.mac, options.length === 0 ? '-' : options.join(',')].join(' ');
}
