import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
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

/** Namespaces whose names are nobody else's as long as they are held. */
export interface HeldNamespaces {
  /** Processes of the machine that are in one of them. */
  processes(): string[];
  release(): void;
}

/** Holds those of a process: the kernel gives the name of one that is gone to the next, such as another test's host's. */
export function holdNamespaces(pid: number): HeldNamespaces {
  const held = kinds.map((kind) => openSync(`/proc/${String(pid)}/ns/${kind}`, 'r'));
  const names = new Set(namespacesOf(pid));
  return {
    processes: () =>
      readdirSync('/proc').filter(
        (entry) => /^\d+$/u.test(entry) && namespacesOf(entry).some((name) => names.has(name)),
      ),
    release: () => {
      for (const each of held.splice(0)) closeSync(each);
    },
  };
}
