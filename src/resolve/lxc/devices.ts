import { quoteMountField } from '../../base/quote/index.ts';
import type { LxcLine } from '../../networks/types.ts';
import type { ContainerModel, HostSettings } from '../model.ts';

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

export function deviceLines(host: HostSettings, container: ContainerModel): readonly LxcLine[] {
  const prefix = host.cgroup1Controllers.includes('devices') ? 'lxc.cgroup.devices' : 'lxc.cgroup2.devices';
  const own = container.devices.flatMap(({ node, access }) => (node === undefined ? [] : [`${node} ${access}`]));
  return [
    { key: `${prefix}.deny`, value: 'a' },
    ...[...standardSet, ...own].map((value) => ({ key: `${prefix}.allow`, value })),
  ];
}

/** A container has a /dev of its own: a device of the host's is there only when its node is mounted. */
export function deviceMounts(container: ContainerModel): readonly LxcLine[] {
  return container.devices.map(({ path }) => ({
    key: 'lxc.mount.entry',
    value: `${quoteMountField(path)} ${quoteMountField(path.replace(/^\/+/u, ''))} none bind,create=file 0 0`,
    from: 'devices',
  }));
}
