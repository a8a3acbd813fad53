import { quoteMountField } from '../../base/quote/index.ts';
import type { LxcLine } from '../../networks/types.ts';
import { isAtLeast } from '../../lxc/version.ts';
import type { ContainerModel, HostSettings, MountModel } from '../model.ts';
import type { LxcGroup } from './types.ts';

/** LXC maps the ids of mounts other than the rootfs from this version on. */
const mapsMountEntries = '5.0.0';

export function rootfsLines(container: ContainerModel): readonly LxcLine[] {
  return [
    // Without a type the first colon of a path would be taken for the end of one.
    { key: 'lxc.rootfs.path', value: `dir:${container.rootfs}` },
    ...(isIdMapped(container) ? [{ key: 'lxc.rootfs.options', value: 'idmap=container' }] : []),
    { key: 'lxc.uts.name', value: container.name },
  ];
}

function isIdMapped(container: ContainerModel): boolean {
  return container.idMap !== undefined && container.idMapping === 'mount';
}

export function idMapLines(container: ContainerModel): readonly LxcLine[] {
  const { idMap } = container;
  if (idMap === undefined) return [];
  return ['u', 'g'].map((kind) => ({ key: 'lxc.idmap', value: `${kind} 0 ${idMap.base} ${idMap.count}` }));
}

export const terminalGroup: LxcGroup = {
  title: 'Terminals',
  lines: [
    { key: 'lxc.tty.max', value: '4' },
    { key: 'lxc.pty.max', value: '1024' },
  ],
  isShared: true,
};

/** What the kernel shows of itself: /proc and /sys, where nothing of the host's can be changed, and control groups. */
export const kernelMounts: LxcGroup = {
  title: 'Mounts',
  lines: [{ key: 'lxc.mount.auto', value: 'proc:mixed sys:mixed cgroup:mixed' }],
  isShared: true,
};

export function mountLines(host: HostSettings, container: ContainerModel): readonly LxcLine[] {
  const mapped = isIdMapped(container) && isAtLeast(host.lxc, mapsMountEntries);
  return container.mounts.map((mount) => ({
    key: 'lxc.mount.entry',
    value: mountEntry(mount, mapped),
  }));
}

/** What the source is only the host knows: a target that is missing is made as a directory, one that is there is taken. */
function mountEntry(mount: MountModel, mapped: boolean): string {
  const options = ['bind', mount.readOnly ? 'ro' : 'rw', 'create=dir', ...(mapped ? ['idmap=container'] : [])];
  const target = quoteMountField(mount.target.replace(/^\/+/u, ''));
  return `${quoteMountField(mount.source)} ${target} none ${options.join(',')} 0 0`;
}

export function sysctlLines(container: ContainerModel): readonly LxcLine[] {
  return [...container.sysctl].map(([name, value]) => ({ key: `lxc.sysctl.${name}`, value }));
}

/** `lxc-stop` by hand then sends what the service sends. */
export function signalLines(container: ContainerModel): readonly LxcLine[] {
  return container.stopSignal === undefined ? [] : [{ key: 'lxc.signal.halt', value: container.stopSignal }];
}
