import type { ContainerModel } from '../model.ts';
import { seccompPath } from '../paths.ts';
import type { LxcGroup } from './types.ts';

/** What would reach the host itself: its clock, modules, hardware and mandatory access control. */
const neverKept = ['mac_admin', 'mac_override', 'sys_module', 'sys_rawio', 'sys_time'];

/**
 * More, where root inside is root outside: the host's kernel log, its auditing and its sleep, and reading any file
 * of the host's by its number.
 */
const neverKeptPrivileged = ['audit_control', 'block_suspend', 'dac_read_search', 'syslog', 'wake_alarm'];

/** The capabilities that a container goes without before `capabilities` is looked at. */
export function defaultDrops(userNamespace: boolean): readonly string[] {
  return userNamespace ? neverKept : [...neverKept, ...neverKeptPrivileged].toSorted();
}

const title = 'Capabilities and system calls that it goes without';
const usual: LxcGroup = { title, lines: [{ key: 'lxc.cap.drop', value: neverKept.join(' ') }], isShared: true };

export function privilegeGroup(container: ContainerModel): LxcGroup {
  if (container.userNamespace && container.capabilities.length === 0) return usual;
  const drops = new Set(defaultDrops(container.userNamespace));
  for (const { name, keep } of container.capabilities) {
    if (keep) drops.delete(name);
    else drops.add(name);
  }
  const dropped = drops.size === 0 ? [] : [{ key: 'lxc.cap.drop', value: [...drops].join(' ') }];
  // System calls that only root outside may make: a filter where root inside is root outside.
  const replaced = container.raw.some((line) => line.key === 'lxc.seccomp.profile');
  const filter = container.userNamespace || replaced ? [] : [{ key: 'lxc.seccomp.profile', value: seccompPath }];
  return { title, lines: [...dropped, ...filter] };
}
