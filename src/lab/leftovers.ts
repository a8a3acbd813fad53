import type { ThrowawayHost } from './host.ts';

/** What may stay behind after a service: lists of lines, sorted, that `toEqual` compares before and after. */
export interface Leftovers {
  /** Network links of the host, `NAME` or `NAME@PEER`. */
  readonly links: readonly string[];
  /** Control groups below the host's own. */
  readonly cgroups: readonly string[];
  /** Mount points, one entry for each mount. */
  readonly mounts: readonly string[];
  /** Command lines, without process ids, one entry for each process; a zombie has its name in brackets. */
  readonly processes: readonly string[];
  /** Paths under /run and /var/lib/lxc. */
  readonly files: readonly string[];
  /** nftables tables, `FAMILY NAME`. */
  readonly tables: readonly string[];
}

/** Takes the sections in turn, each after a line that no section can contain. */
const script = `
section() { printf '\\036%s\\n' "$1"; }
section links; ip -o link show | cut -d: -f2
section cgroups; find /sys/fs/cgroup -mindepth 1 -type d
section mounts; cut -d' ' -f5 /proc/self/mountinfo
section processes
for process in /proc/[0-9]*; do
	pid=\${process#/proc/}
	[ "$pid" != $$ ] || continue
	line=$(tr '\\0' ' ' <"$process/cmdline")
	read -r name <"$process/comm"
	echo "\${line:-[$name]}"
done 2>/dev/null
section files; find /run /var/lib/lxc -mindepth 1
section tables; nft list tables
`;

/**
 * What is there now; some 20 ms. LXC keeps `lxc.pivot` groups and /run/lxc/lock once a container has run, and OpenRC its
 * dependency cache: let a first round pass before the snapshot that is compared with.
 */
export async function leftovers(host: ThrowawayHost): Promise<Leftovers> {
  const result = await host.sh(script);
  if (result.exitCode !== 0) throw new Error(`cannot list what is in the throw-away host: ${result.stderr.trim()}`);
  const sections = new Map(
    result.stdout.split('\u001E').map((section) => {
      const [name = '', ...lines] = section.split('\n');
      return [
        name,
        lines
          .map((line) => line.trim())
          .filter((line) => line !== '')
          .toSorted(),
      ];
    }),
  );
  const lines = (name: string): readonly string[] => sections.get(name) ?? [];
  return {
    links: lines('links'),
    cgroups: lines('cgroups'),
    mounts: lines('mounts'),
    processes: lines('processes'),
    files: lines('files'),
    tables: lines('tables'),
  };
}
