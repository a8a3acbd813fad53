import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One line of /proc/PID/mountinfo, as proc_pid_mountinfo(5) describes it, with the octal escapes undone. */
export interface Mount {
  readonly root: string;
  readonly point: string;
  readonly type: string;
  readonly superOptions: readonly string[];
}

export function parseMountinfo(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before = '', after] = line.split(' - ');
    const [, , , root, point] = before.split(' ');
    if (after === undefined || root === undefined || point === undefined) return [];
    const [type = '', , superOptions = ''] = after.split(' ');
    return [{ root: unescapeOctal(root), point: unescapeOctal(point), type, superOptions: superOptions.split(',') }];
  });
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/gu, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** One control group hierarchy of the machine that a host gets a part of. */
export interface Hierarchy {
  readonly version: 1 | 2;
  /** Where it is mounted, on the machine and in the host. */
  readonly point: string;
  /** The folder, on the machine, in which the host's own group is made. */
  readonly parent: string;
  /** Mount options that name it, such as `cpu,cpuacct` or `none,name=systemd`. */
  readonly options: string;
}

/**
 * The hierarchies that are mounted and that this process is in.
 * `procCgroup` is the text of /proc/self/cgroup: lines `ID:CONTROLLERS:PATH`, cgroups(7).
 */
export function hierarchies(mounts: readonly Mount[], procCgroup: string, exists = existsSync): Hierarchy[] {
  return procCgroup.split('\n').flatMap((line): Hierarchy[] => {
    const [, controllers, ...rest] = line.split(':');
    if (controllers === undefined || rest.length === 0) return [];
    const version = controllers === '' ? 2 : 1;
    const mount = mounts.find((candidate) =>
      version === 2
        ? candidate.type === 'cgroup2'
        : candidate.type === 'cgroup' && controllers.split(',').every((name) => candidate.superOptions.includes(name)),
    );
    if (mount === undefined) return [];
    const group = groupBelow(mount, rest.join(':'));
    const own = exists(group) ? group : mount.point;
    // A group of version 2 that has processes cannot hand controllers to its children: ours goes beside our own.
    const parent = version === 2 && own !== mount.point ? join(own, '..') : own;
    const options = version === 2 ? 'rw' : controllers.includes('=') ? `none,${controllers}` : controllers;
    return [{ version, point: mount.point, parent, options }];
  });
}

/** The folder of a group; the mount point for one that lies outside of what is mounted. */
function groupBelow(mount: Mount, path: string): string {
  const prefix = mount.root === '/' ? '' : mount.root;
  if (!path.startsWith(`${prefix}/`) || path === '/' || path.startsWith('/..')) return mount.point;
  return join(mount.point, path.slice(prefix.length));
}

const notOverlaid = /^\/(?:proc|sys|dev|run|tmp|mnt|media|boot|var\/lib\/lxc)(?:\/|$)/u;

/** Mount points beside / whose files the host must see too: an overlay over / alone does not contain them. */
export function otherFileSystems(mounts: readonly Mount[]): { folders: string[]; files: string[] } {
  const points = [...new Set(mounts.filter(({ type }) => type !== 'proc').map(({ point }) => point))]
    .filter((point) => point !== '/' && !notOverlaid.test(point) && !point.includes('\n') && existsSync(point))
    .toSorted();
  return {
    folders: points.filter((point) => statSync(point).isDirectory()),
    files: points.filter((point) => statSync(point).isFile()),
  };
}

/** A folder that exists everywhere and that nothing the host needs lies under: covered inside the host's namespace alone. */
export function coverableFolder(needed: readonly string[]): string | undefined {
  return ['/dev/shm', '/mnt', '/media', '/srv', '/tmp'].find(
    (folder) =>
      existsSync(folder) &&
      realpathSync(folder) === folder &&
      !needed.some((path) => path === folder || path.startsWith(`${folder}/`)),
  );
}

export function machineMounts(): Mount[] {
  return parseMountinfo(readFileSync('/proc/self/mountinfo', 'utf8'));
}

export function machineHierarchies(): Hierarchy[] {
  return hierarchies(machineMounts(), readFileSync('/proc/self/cgroup', 'utf8'));
}

/** Whether this is our own virtual machine: its first process leaves this. */
export function isVirtual(): boolean {
  return existsSync('/run/rc-lxc-vm');
}

/** How many times as long everything may take: more where the processor is emulated. */
export function slowness(): number {
  return isVirtual() ? 5 : 1;
}
