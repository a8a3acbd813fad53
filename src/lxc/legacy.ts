/** Keys that went before LXC 3.0, and what took their place. An empty replacement: nothing did. */
export const legacyKeys: ReadonlyMap<string, string> = new Map([
  ['lxc.utsname', 'lxc.uts.name'],
  ['lxc.rootfs', 'lxc.rootfs.path'],
  ['lxc.rootfs.backend', 'lxc.rootfs.path'],
  ['lxc.mount', 'lxc.mount.fstab'],
  ['lxc.pts', 'lxc.pty.max'],
  ['lxc.tty', 'lxc.tty.max'],
  ['lxc.devttydir', 'lxc.tty.dir'],
  ['lxc.console', 'lxc.console.path'],
  ['lxc.aa_profile', 'lxc.apparmor.profile'],
  ['lxc.aa_allow_incomplete', 'lxc.apparmor.allow_incomplete'],
  ['lxc.se_context', 'lxc.selinux.context'],
  ['lxc.seccomp', 'lxc.seccomp.profile'],
  ['lxc.id_map', 'lxc.idmap'],
  ['lxc.haltsignal', 'lxc.signal.halt'],
  ['lxc.rebootsignal', 'lxc.signal.reboot'],
  ['lxc.stopsignal', 'lxc.signal.stop'],
  ['lxc.logfile', 'lxc.log.file'],
  ['lxc.loglevel', 'lxc.log.level'],
  ['lxc.syslog', 'lxc.log.syslog'],
  ['lxc.init_cmd', 'lxc.init.cmd'],
  ['lxc.init_uid', 'lxc.init.uid'],
  ['lxc.init_gid', 'lxc.init.gid'],
  ['lxc.kmsg', ''],
  ['lxc.pivotdir', ''],
  ['lxc.network', 'lxc.net'],
  ['lxc.network.ipv4', 'lxc.net.[i].ipv4.address'],
  ['lxc.network.ipv6', 'lxc.net.[i].ipv6.address'],
]);

/** Beginnings of keys that went with them; what follows is taken over. */
export const legacyPrefixes: readonly (readonly [old: string, now: string])[] = [
  ['lxc.limit.', 'lxc.prlimit.'],
  ['lxc.network.', 'lxc.net.[i].'],
];

/** The release that last took them. */
export const lastWithLegacyKeys = '2.1.1';

/**
 * Settings of cgroup v1 and the ones of v2 that do the like; their values differ. What is not here has no counterpart,
 * or one of the same name.
 */
export const cgroup2Names: ReadonlyMap<string, string> = new Map([
  ['blkio.weight', 'io.weight'],
  ['cpu.cfs_period_us', 'cpu.max'],
  ['cpu.cfs_quota_us', 'cpu.max'],
  ['cpu.shares', 'cpu.weight'],
  ['memory.limit_in_bytes', 'memory.max'],
  ['memory.memsw.limit_in_bytes', 'memory.swap.max'],
  ['memory.soft_limit_in_bytes', 'memory.low'],
]);

/** Controllers whose settings have the same names in both. */
export const sameInCgroup2: readonly string[] = ['cpuset', 'devices', 'hugetlb', 'pids', 'rdma'];
