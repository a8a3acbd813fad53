import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { bootProcess } from './boot.ts';
import { enter, enterInteractive, type Door, type RunOptions, type RunResult } from './enter.ts';
import { existsInside, readInside, writeInside } from './files.ts';
import { coverableFolder, machineHierarchies, machineMounts, otherFileSystems, type Hierarchy } from './machine.ts';
import { searchPath, throwawayRefusal } from './refusal.ts';
import { labFolder } from './scripts.ts';

export { throwawayRefusal } from './refusal.ts';
export type { RunOptions, RunResult } from './enter.ts';

export interface ThrowawayOptions {
  /** Folders and files of the machine to show at another place, read-only unless told otherwise. */
  readonly binds?: readonly { readonly source: string; readonly target: string; readonly readOnly?: boolean }[];
  /** What /bin/sh is inside, and so what OpenRC's scripts run in; the machine's own by default. */
  readonly shell?: '/bin/dash' | '/bin/bash' | 'busybox';
  /** The runlevel the host is in; `default` by default. */
  readonly softlevel?: string;
  /** The machine's layout of control groups, or version 2 alone (with the controllers that version 2 has here). */
  readonly cgroup?: 'as-is' | 'v2-only';
  /** What every program inside has in its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Paths that are not there inside, such as /etc/init.d/lxc. */
  readonly hide?: readonly string[];
}

/** A host of its own: files, processes, networks, control groups, host name. Nothing in it outlives it. */
export interface ThrowawayHost {
  run(argv: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** `/bin/sh -c` inside, with `arguments_` as $1, $2 … */
  sh(script: string, options?: RunOptions & { readonly arguments?: readonly string[] }): Promise<RunResult>;
  /** A program inside that is talked to; it ends with the host at the latest, and is unlike `run` not waited for. */
  spawn(argv: readonly string[]): ChildProcessWithoutNullStreams;
  /** Makes the folders it needs; the mode is 644 unless given. */
  writeFile(path: string, content: string, mode?: number): Promise<void>;
  readFile(path: string): Promise<string>;
  exists(path: string): Promise<boolean>;
  /** Its root as seen from the machine. Absolute links under it lead out of it: use the methods above for paths inside. */
  readonly root: string;
  /** Its first process, as the machine counts. */
  readonly pid: number;
  /** `hybrid` or `legacy` with version 1, `unified` without; what rc_cgroup_mode says inside. */
  readonly cgroupMode: CgroupMode;
  /** Ends every process of it; when this resolves, nothing of it is left on the machine. Twice is once. */
  stop(): Promise<void>;
}

type CgroupMode = 'hybrid' | 'legacy' | 'unified';

/** Programs inside go without: the clock, modules and ports of the machine are no namespace's own. */
const boundingSet = '-sys_module,-sys_time,-sys_rawio';

/**
 * Boots a host in namespaces, over a copy-on-write view of this machine's files. OpenRC has no service in any runlevel,
 * the network is `lo` alone, /var/lib/lxc is empty. It ends with `stop()` or with this process, however that ends.
 * Throws, with the reason, when the machine cannot do it.
 */
export async function bootThrowawayHost(options: ThrowawayOptions = {}): Promise<ThrowawayHost> {
  const refusal = throwawayRefusal();
  if (refusal !== undefined) throw new Error(`no throw-away host: ${refusal}`);
  const groups = groupsFor(options.cgroup ?? 'as-is');
  const name = `rc-lxc-lab.${String(process.pid)}.${randomBytes(4).toString('hex')}`;
  const dirs = groups.map(({ parent }) => join(parent, name));
  const env = { PATH: searchPath, HOME: '/root', TERM: 'dumb', LC_ALL: 'C.UTF-8', ...options.env };
  const cgroupMode = modeOf(groups);
  const { pid, stop } = await bootProcess(dirs, settings(options, groups, cgroupMode));
  // In version 2 the processes are in the leaf that boot.sh makes, and says why.
  const leaves = dirs.map((dir, at) => (groups[at]?.version === 2 ? join(dir, 'init.scope') : dir));
  const spawned = new Set<ChildProcessWithoutNullStreams>();
  const door: Door = { pid, groups: leaves, boundingSet, env };
  const root = `/proc/${String(pid)}/root`;
  return {
    run: (argv, runOptions) => enter(door, argv, runOptions),
    sh: (script, runOptions) =>
      enter(door, ['/bin/sh', '-c', script, 'sh', ...(runOptions?.arguments ?? [])], runOptions),
    spawn: (argv) => {
      const child = enterInteractive(door, argv);
      spawned.add(child);
      child.once('close', () => spawned.delete(child));
      return child;
    },
    writeFile: async (path, content, mode = 0o644) => writeInside(root, path, content, mode),
    readFile: async (path) => readInside(root, path),
    exists: async (path) => existsInside(root, path),
    root,
    pid,
    cgroupMode,
    stop: async () => {
      // nsenter, which waits for the program outside of the host, stops itself when that is stopped, and then for good.
      for (const child of spawned) child.kill('SIGKILL');
      await stop();
    },
  };
}

/** The hierarchies that the host sees, with the mount points that it sees them at. */
function groupsFor(layout: 'as-is' | 'v2-only'): Hierarchy[] {
  const all = machineHierarchies();
  if (layout === 'as-is') return all;
  const unified = all.find(({ version }) => version === 2);
  if (unified === undefined) throw new Error('no throw-away host: this machine has no control groups of version 2');
  return [{ ...unified, point: '/sys/fs/cgroup' }];
}

function modeOf(groups: readonly Hierarchy[]): CgroupMode {
  if (groups.every(({ version }) => version === 2)) return 'unified';
  return groups.some(({ version }) => version === 2) ? 'hybrid' : 'legacy';
}

/** The settings of inside.sh, which says what each is. */
function settings(options: ThrowawayOptions, groups: readonly Hierarchy[], mode: CgroupMode): Record<string, string> {
  const binds = [...checkoutBinds(), ...(options.binds ?? [])];
  const sources = binds.map(({ source }) => realpathSync(source));
  const { folders, files } = otherFileSystems(machineMounts());
  const base = coverableFolder([...sources, ...folders]);
  if (base === undefined) throw new Error('no throw-away host: nowhere to put its files; /dev/shm is missing');
  return {
    LAB_BASE: base,
    LAB_OVERLAYS: folders.join('\n'),
    LAB_FILES: files.join('\n'),
    LAB_BINDS: table(
      binds.map(({ target, readOnly }, at) => [sources[at] ?? '', target, readOnly === false ? 'rw' : 'ro']),
    ),
    LAB_CGROUPS: table(
      groups.map(({ version, options: names, point }) => [`cgroup${version === 2 ? '2' : ''}`, names, point]),
    ),
    LAB_CGROUP_MODE: mode,
    LAB_HIDE: (options.hide ?? []).join('\n'),
    LAB_SH: options.shell === 'busybox' ? '/bin/busybox' : (options.shell ?? ''),
    LAB_SOFTLEVEL: options.softlevel ?? 'default',
    LAB_HOSTNAME: 'lab',
    LAB_PATH: searchPath,
    LAB_BOUNDING: boundingSet,
  };
}

/** Our own checkout, where it lies in a folder that every host has of its own: it is at its path inside, too. */
function checkoutBinds(): NonNullable<ThrowawayOptions['binds']> {
  const checkout = join(labFolder, '../..');
  return /^\/(?:dev|run|tmp|var\/lib\/lxc)\//u.test(checkout) ? [{ source: checkout, target: checkout }] : [];
}

function table(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.join('\t')).join('\n');
}
