/** A line that rc-lxc writes itself, so that it cannot stand in `raw`, and the key of ours that says it. */
export interface OwnedLine {
  /** An LXC key, or one with `[…]` at its end for all that begin so. */
  readonly line: string;
  /** What to write instead; the key of a container, network or nic. Absent when rc-lxc needs the line as it is. */
  readonly use?: string;
}

export const ownedLines: readonly OwnedLine[] = [
  { line: 'lxc.uts.name' },
  { line: 'lxc.rootfs.path', use: 'rootfs' },
  { line: 'lxc.rootfs.options', use: 'id-mapping' },
  { line: 'lxc.idmap', use: 'user-namespace' },
  { line: 'lxc.net', use: 'network' },
  { line: 'lxc.net.[…]', use: 'network' },
  { line: 'lxc.signal.halt', use: 'stop-signal' },
  { line: 'lxc.start.auto', use: 'autostart' },
  { line: 'lxc.start.order', use: 'needs' },
  { line: 'lxc.start.delay', use: 'ready' },
  { line: 'lxc.cap.drop', use: 'capabilities' },
  { line: 'lxc.cap.keep', use: 'capabilities' },
  { line: 'lxc.sysctl', use: 'sysctl.NAME' },
  { line: 'lxc.sysctl.[…]', use: 'sysctl.NAME' },
  { line: 'lxc.cgroup2', use: 'memory' },
  { line: 'lxc.cgroup2.memory.max', use: 'memory' },
  { line: 'lxc.cgroup2.cpu.max', use: 'cpus' },
  { line: 'lxc.cgroup2.pids.max', use: 'pids' },
  { line: 'lxc.cgroup2.io.weight', use: 'io-weight' },
  { line: 'lxc.cgroup2.devices.deny', use: 'devices' },
  { line: 'lxc.cgroup', use: 'memory' },
  { line: 'lxc.cgroup.memory.limit_in_bytes', use: 'memory' },
  { line: 'lxc.cgroup.cpu.cfs_quota_us', use: 'cpus' },
  { line: 'lxc.cgroup.cpu.cfs_period_us', use: 'cpus' },
  { line: 'lxc.cgroup.pids.max', use: 'pids' },
  { line: 'lxc.cgroup.blkio.weight', use: 'io-weight' },
  { line: 'lxc.cgroup.devices.deny', use: 'devices' },
];

/** The entry that says why this LXC key cannot stand in `raw`; undefined when it can. */
export function ownedLine(key: string): OwnedLine | undefined {
  return ownedLines.find(({ line }) =>
    line.endsWith('.[…]') ? key.startsWith(line.slice(0, -'[…]'.length)) : key === line,
  );
}
