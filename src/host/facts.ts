import type { Host } from './types.ts';

/** What the description does not say and this machine does; the shape that `resolve` takes. */
export interface GatheredFacts {
  readonly installedLxc?: string;
  readonly cgroup1Controllers?: readonly string[];
  readonly newuidmap: boolean;
  readonly netifrc: boolean;
}

const binaryDirectories = ['/usr/bin', '/bin', '/usr/local/bin'];

/**
 * Reads what can be read, and starts one program: `lxc-start --version`. Under another root only files
 * speak, since the programs there may not be for this machine.
 */
export async function gatherFacts(host: Host): Promise<GatheredFacts> {
  const cgroup1Controllers = host.live ? cgroup1(host.readText('/proc/self/mounts') ?? '') : [];
  const installedLxc = host.live ? await installedVersion(host) : undefined;
  return {
    ...(installedLxc === undefined ? {} : { installedLxc }),
    cgroup1Controllers,
    newuidmap: binaryDirectories.some((directory) => host.look(`${directory}/newuidmap`).kind !== 'absent'),
    // netifrc's own place (its net.lo script is only there for links to it).
    netifrc: host.isDirectory('/lib/netifrc') || host.isDirectory('/usr/lib/netifrc'),
  };
}

async function installedVersion(host: Host): Promise<string | undefined> {
  const output = await host.run(['lxc-start', '--version'], { timeoutMs: 10_000 });
  return output?.exitCode === 0 ? output.stdout.trim() : undefined;
}

/**
 * Controllers mounted as cgroup v1, from the text of /proc/self/mounts (proc(5)): their names stand among the mount's options.
 * `name=systemd` and its like carry no controller.
 */
function cgroup1(mounts: string): readonly string[] {
  const known = new Set([
    'blkio',
    'cpu',
    'cpuacct',
    'cpuset',
    'devices',
    'freezer',
    'hugetlb',
    'memory',
    'net_cls',
    'net_prio',
    'perf_event',
    'pids',
    'rdma',
  ]);
  const found = new Set<string>();
  for (const line of mounts.split('\n')) {
    const [, , type, options] = line.split(' ');
    if (type !== 'cgroup' || options === undefined) continue;
    for (const option of options.split(',')) if (known.has(option)) found.add(option);
  }
  return [...found].toSorted();
}
