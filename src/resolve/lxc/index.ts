import { quoteMountField } from '../../base/quote/index.ts';
import { typeOf } from '../../networks/index.ts';
import type { LxcLine } from '../../networks/types.ts';
import type { ContainerModel, HostModel } from '../model.ts';
import { resolverPath } from '../paths.ts';
import { deviceGroup, deviceMounts } from './devices.ts';
import { limitLines } from './limits.ts';
import { privilegeGroup } from './privileges.ts';
import {
  idMapLines,
  kernelMounts,
  mountLines,
  rootfsLines,
  signalLines,
  sysctlLines,
  terminalGroup,
} from './system.ts';
import type { LxcGroup } from './types.ts';

export type { LxcGroup } from './types.ts';

function networkLines(model: HostModel, container: ContainerModel): readonly LxcLine[] {
  const lines = container.nics.flatMap((nic) => {
    const network = model.networkByName.get(nic.network);
    return network === undefined ? [] : typeOf(network).lxcLines(network, nic);
  });
  // Without any `lxc.net` a container would share the network of the host.
  return lines.length === 0 ? [{ key: 'lxc.net.0.type', value: 'empty' }] : lines;
}

/**
 * The first network that names its name servers gives the container's. An interface that asks for its address is told
 * of them too, and its client writes the file itself.
 */
export function resolverNetwork(model: HostModel, container: ContainerModel): string | undefined {
  const nic = container.nics.find(({ network }) => (model.networkByName.get(network)?.dns.length ?? 0) > 0);
  return nic?.dhcp === true ? undefined : nic?.network;
}

/** Optional: a guest may have a link there that leads to nothing yet, and then looks after its name servers itself. */
function resolverMount(model: HostModel, container: ContainerModel): readonly LxcLine[] {
  const network = resolverNetwork(model, container);
  if (network === undefined) return [];
  const source = quoteMountField(resolverPath(network));
  return [{ key: 'lxc.mount.entry', value: `${source} etc/resolv.conf none bind,ro,create=file,optional 0 0` }];
}

function mountGroup(model: HostModel, container: ContainerModel): LxcGroup {
  const own = [...deviceMounts(container), ...resolverMount(model, container), ...mountLines(model.host, container)];
  return own.length === 0 ? kernelMounts : { title: kernelMounts.title, lines: [...kernelMounts.lines, ...own] };
}

/** The LXC config of a container: what rc-lxc writes, then the description's own lines. Groups have one line at least. */
export function lxcGroups(model: HostModel, container: ContainerModel): readonly LxcGroup[] {
  const groups: readonly LxcGroup[] = [
    { title: 'Root file system and name', lines: rootfsLines(container) },
    { title: 'User namespace: kind, first id inside, first id on the host, how many', lines: idMapLines(container) },
    { title: 'Network', lines: networkLines(model, container) },
    terminalGroup,
    mountGroup(model, container),
    deviceGroup(model.host, container),
    privilegeGroup(container),
    { title: 'Limits', lines: limitLines(model.host, container) },
    { title: 'Kernel parameters of its own', lines: sysctlLines(container) },
    { title: 'Signals', lines: signalLines(container) },
    { title: 'Lines of the description, as they stand there', lines: container.raw, asWritten: true },
  ];
  return groups.filter(({ lines }) => lines.length > 0);
}
