import { any, empty, filled, number, onOff, prefix, signal, vlan, wordList, wordOrNumber, words } from './values.ts';
import type { ValueCheck } from './values.ts';

/**
 * A key of an LXC config, LXC 4.0 to 7.0, as liblxc's own parser takes it (tried with 5.0.2 and 7.0.0).
 * In a name, `[i]` stands for the number of a network and `[…]` for a name of the user's.
 */
export interface LxcKey {
  readonly name: string;
  readonly value: ValueCheck;
  /** The first release that has it; absent for what 4.0 has already. */
  readonly since?: string;
  /** The first release without it. */
  readonly goneIn?: string;
}

const namespaces = ['mnt', 'pid', 'uts', 'ipc', 'user', 'net', 'cgroup', 'time'];
const logLevels = ['trace', 'debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'fatal'];
const facilities = ['daemon', ...Array.from({ length: 8 }, (_, index) => `local${index}`)];

type Extra = Omit<LxcKey, 'name' | 'value'>;

function keys(value: ValueCheck, names: readonly string[], extra: Extra = {}): LxcKey[] {
  return names.map((name) => ({ name: `lxc.${name}`, value, ...extra }));
}

const hooks = [
  'autodev',
  'clone',
  'destroy',
  'mount',
  'post-stop',
  'pre-mount',
  'pre-start',
  'start',
  'start-host',
  'stop',
];

/** What LXC 4.0 and everything after it has, besides networks. */
const lasting: readonly LxcKey[] = [
  ...keys(onOff, [
    'apparmor.allow_incomplete',
    'apparmor.allow_nesting',
    'autodev',
    'cgroup.relative',
    'console.rotate',
  ]),
  ...keys(onOff, [
    'ephemeral',
    'keyring.session',
    'no_new_privs',
    'rootfs.managed',
    'seccomp.allow_nesting',
    'start.auto',
  ]),
  ...keys(number, ['init.uid', 'init.gid', 'monitor.unshare', 'pty.max', 'start.delay', 'start.order', 'tty.max']),
  ...keys(signal, ['signal.halt', 'signal.reboot', 'signal.stop', 'monitor.signal.pdeath']),
  ...keys(wordList(...namespaces), ['namespace.clone', 'namespace.keep']),
  ...keys(filled, ['arch', 'include', 'mount.fstab']),
  ...keys(words('0', '1'), ['hook.version']),
  ...keys(wordOrNumber(logLevels), ['log.level']),
  ...keys(wordList(...facilities), ['log.syslog']),
  ...keys(empty, ['net', 'hook', 'cgroup2', 'prlimit', 'sysctl', 'proc']),
  ...keys(any, [
    'apparmor.profile',
    'apparmor.raw',
    'autodev.tmpfs.size',
    'cap.drop',
    'cap.keep',
    'cgroup.dir',
    'cgroup2.[…]',
  ]),
  ...keys(any, [
    'console.buffer.size',
    'console.size',
    'console.logfile',
    'console.path',
    'environment',
    'execute.cmd',
    'group',
  ]),
  ...keys(any, ['idmap', 'init.cmd', 'init.cwd', 'log.file', 'mount.auto', 'mount.entry']),
  ...keys(any, [
    'prlimit.[…]',
    'proc.[…]',
    'rootfs.mount',
    'rootfs.options',
    'rootfs.path',
    'sysctl.[…]',
    'tty.dir',
    'uts.name',
  ]),
  ...keys(any, [
    'seccomp.notify.cookie',
    'seccomp.notify.proxy',
    'seccomp.profile',
    'selinux.context',
    'selinux.context.keyring',
  ]),
  ...keys(any, [
    ...hooks.map((hook) => `hook.${hook}`),
    ...namespaces.map((namespace) => `namespace.share.${namespace}`),
  ]),
];

/** What came or went between 4.0 and 7.0. */
const changing: readonly LxcKey[] = [
  ...keys(any, ['init.groups'], { since: '4.0.10' }),
  ...keys(onOff, ['sched.core'], { since: '4.0.11' }),
  ...keys(
    any,
    ['cgroup.dir.monitor', 'cgroup.dir.monitor.pivot', 'cgroup.dir.container', 'cgroup.dir.container.inner'],
    { since: '5.0.0' },
  ),
  ...keys(any, ['time.offset.boot', 'time.offset.monotonic'], { since: '5.0.0' }),
  ...keys(any, ['environment.runtime', 'environment.hooks'], { since: '7.0.0' }),
  ...keys(any, ['cgroup.[…]'], { goneIn: '7.0.0' }),
  ...keys(empty, ['cgroup'], { goneIn: '7.0.0' }),
];

/** Each stands below `lxc.net.[i]`. */
const networkKeys: readonly LxcKey[] = [
  ...keys(empty, ['net.[i]']),
  ...keys(words('empty', 'veth', 'macvlan', 'ipvlan', 'vlan', 'phys', 'none'), ['net.[i].type']),
  ...keys(any, ['net.[i].flags', 'net.[i].link', 'net.[i].mtu', 'net.[i].name', 'net.[i].hwaddr']),
  ...keys(prefix(4), ['net.[i].ipv4.address', 'net.[i].veth.ipv4.route']),
  ...keys(prefix(6), ['net.[i].ipv6.address', 'net.[i].veth.ipv6.route']),
  ...keys(any, [
    'net.[i].ipv4.gateway',
    'net.[i].ipv6.gateway',
    'net.[i].script.up',
    'net.[i].script.down',
    'net.[i].veth.pair',
  ]),
  ...keys(onOff, ['net.[i].l2proxy']),
  ...keys(words('private', 'vepa', 'bridge', 'passthru'), ['net.[i].macvlan.mode']),
  ...keys(words('l2', 'l3', 'l3s'), ['net.[i].ipvlan.mode']),
  ...keys(words('bridge', 'private', 'vepa'), ['net.[i].ipvlan.isolation']),
  ...keys(words('bridge', 'router'), ['net.[i].veth.mode']),
  ...keys(vlan, ['net.[i].vlan.id']),
  ...keys(number, ['net.[i].veth.n_rxqueues', 'net.[i].veth.n_txqueues'], { since: '5.0.0' }),
  ...keys(any, ['net.[i].veth.vlan.id', 'net.[i].veth.vlan.tagged.id'], { since: '5.0.0' }),
];

export const lxcKeys: readonly LxcKey[] = [...lasting, ...changing, ...networkKeys];
