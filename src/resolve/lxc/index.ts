import { quoteMountField } from '../../base/quote/index.ts';
import { typeOf } from '../../networks/index.ts';
import type { LxcLine } from '../../networks/types.ts';
import type { ContainerModel, HostModel } from '../model.ts';
import { resolverPath, seccompPath } from '../paths.ts';
import { deviceLines, deviceMounts } from './devices.ts';
import { limitLines } from './limits.ts';
import { capabilityLines, seccompLines } from './privileges.ts';
import {
  idMapLines,
  kernelMounts,
  mountLines,
  rootfsLines,
  signalLines,
  sysctlLines,
  terminalLines,
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

/** The first network that names its name servers gives the container's. */
export function resolverNetwork(model: HostModel, container: ContainerModel): string | undefined {
  return container.nics.find(({ network }) => (model.networkByName.get(network)?.dns.length ?? 0) > 0)?.network;
}

function resolverMount(model: HostModel, container: ContainerModel): readonly LxcLine[] {
  const network = resolverNetwork(model, container);
  if (network === undefined) return [];
  const source = quoteMountField(resolverPath(network));
  return [{ key: 'lxc.mount.entry', value: `${source} etc/resolv.conf none bind,ro,create=file 0 0` }];
}

function ownGroups(model: HostModel, container: ContainerModel): readonly LxcGroup[] {
  const { host } = model;
  return [
    { title: 'Root file system and name', lines: rootfsLines(container) },
    { title: 'User namespace: kind, first id inside, first id on the host, how many', lines: idMapLines(container) },
    { title: 'Network', lines: networkLines(model, container) },
    { title: 'Terminals', lines: terminalLines() },
    {
      title: 'Mounts',
      lines: [
        kernelMounts(),
        ...deviceMounts(container),
        ...resolverMount(model, container),
        ...mountLines(host, container),
      ],
    },
    { title: 'Devices: none but these', lines: deviceLines(host, container) },
    {
      title: 'Capabilities and system calls that it goes without',
      lines: [...capabilityLines(container), ...seccompLines(container, seccompPath)],
    },
    { title: 'Limits', lines: limitLines(host, container) },
    { title: 'Kernel parameters of its own', lines: sysctlLines(container) },
    { title: 'Signals', lines: signalLines(container) },
  ];
}

/** The lines of a container's LXC config that rc-lxc writes itself; groups without lines are left out. */
export function writtenGroups(model: HostModel, container: ContainerModel): readonly LxcGroup[] {
  return ownGroups(model, container).filter(({ lines }) => lines.length > 0);
}

/** The whole LXC config of a container: what rc-lxc writes, then the description's own lines. */
export function lxcGroups(model: HostModel, container: ContainerModel): readonly LxcGroup[] {
  const raw = container.raw.map(({ key, value, from }) => ({ key, value, from }));
  const groups = writtenGroups(model, container);
  if (raw.length === 0) return groups;
  return [...groups, { title: 'Lines of the description, as they stand there', lines: raw, asWritten: true }];
}
