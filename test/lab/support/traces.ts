import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { machineHierarchies } from '../../../src/lab/machine.ts';

const kinds = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'uts'] as const;

/** The namespaces of a process, such as `net:[4026532008]`; empty when it is gone. */
export function namespacesOf(pid: number | string): string[] {
  return kinds.flatMap((kind) => {
    try {
      return [readlinkSync(`/proc/${String(pid)}/ns/${kind}`)];
    } catch {
      return [];
    }
  });
}

/** The machine's mounts, as this process sees them. */
export function mountsNow(): string {
  return readFileSync('/proc/self/mountinfo', 'utf8');
}

/** Control groups of hosts that `owner` (a process id) booted. */
export function groupsOf(owner: number): string[] {
  const prefix = `rc-lxc-lab.${String(owner)}.`;
  return machineHierarchies().flatMap(({ parent }) =>
    readdirSync(parent)
      .filter((name) => name.startsWith(prefix))
      .map((name) => `${parent}/${name}`),
  );
}

/** Processes of the machine that are in one of these namespaces. */
export function processesIn(namespaces: readonly string[]): string[] {
  const wanted = new Set(namespaces);
  return readdirSync('/proc').filter(
    (entry) => /^\d+$/u.test(entry) && namespacesOf(entry).some((namespace) => wanted.has(namespace)),
  );
}
