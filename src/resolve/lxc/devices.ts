import { quoteMountField } from '../../base/quote/index.ts';
import type { LxcLine } from '../../networks/types.ts';
import type { ContainerModel, HostSettings } from '../model.ts';
import type { LxcGroup } from './types.ts';

/**
 * Nodes may be made of any device, but used are only: null, zero, full, random, urandom, tty, console, ptmx and
 * pseudo-terminals (numbers: the kernel's admin-guide/devices.txt).
 */
const standardSet = [
  'c *:* m',
  'b *:* m',
  'c 1:3 rwm',
  'c 1:5 rwm',
  'c 1:7 rwm',
  'c 1:8 rwm',
  'c 1:9 rwm',
  'c 5:0 rwm',
  'c 5:1 rwm',
  'c 5:2 rwm',
  'c 136:* rwm',
];

function standardGroup(prefix: string): LxcGroup {
  const allow = standardSet.map((value) => ({ key: `${prefix}.allow`, value }));
  return { title: 'Devices: none but these', lines: [{ key: `${prefix}.deny`, value: 'a' }, ...allow], isShared: true };
}

const standard = { v1: standardGroup('lxc.cgroup.devices'), v2: standardGroup('lxc.cgroup2.devices') };

export function deviceGroup(host: HostSettings, container: ContainerModel): LxcGroup {
  const isV1 = host.cgroup1Controllers.includes('devices');
  const group = isV1 ? standard.v1 : standard.v2;
  if (container.devices.length === 0) return group;
  const key = isV1 ? 'lxc.cgroup.devices.allow' : 'lxc.cgroup2.devices.allow';
  const own = container.devices.flatMap(({ node, access }) =>
    node === undefined ? [] : [{ key, value: `${node} ${access}` }],
  );
  return { title: group.title, lines: [...group.lines, ...own] };
}

/** A container has a /dev of its own: a device of the host's is there only when its node is mounted. */
export function deviceMounts(container: ContainerModel): readonly LxcLine[] {
  return container.devices.map(({ path }) => ({
    key: 'lxc.mount.entry',
    value: `${quoteMountField(path)} ${quoteMountField(path.replace(/^\/+/u, ''))} none bind,create=file 0 0`,
  }));
}
