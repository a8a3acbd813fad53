import type { KeySpec } from '../types.ts';
import { limitKeys } from './limits.ts';

/** What containers can share: keys of a container that a profile has as well. */
export const settingKeys: readonly KeySpec[] = [
  {
    name: 'network',
    type: 'reference',
    references: 'network',
    summary: 'The network that its eth0 is in. More interfaces have sections of their own: [nic CONTAINER:eth1].',
    defaultDoc: 'none: it has a loopback interface alone',
    example: 'network = internal',
    since: '0.1.0',
  },
  {
    name: 'allow-in',
    type: 'peer-list',
    summary: 'Who may open a connection to it, and on which port. Answers always pass.',
    details:
      'A list of PEER, PEER:PORT/tcp, PEER:PORT/udp and PEER:icmp (a ping); a port may be a range. A peer is `any`, `host`, `outside` (whoever is neither ' +
      'the host nor a container), a network (its containers), a container, or addresses like 192.0.2.0/24 and [2001:db8::]/32. `none`: nobody.',
    defaultDoc: 'on a bridge without `ports` the host and the containers of its network; elsewhere `any`',
    example: 'allow-in = any:80/tcp, internal:22/tcp',
    since: '0.1.0',
  },
  {
    name: 'allow-out',
    type: 'peer-list',
    summary: 'Whom it may open a connection to, and on which port. Answers always pass.',
    details: 'Peers as in `allow-in`. `none`: nobody.',
    default: 'any',
    example: 'allow-out = host:53/udp, outside:443/tcp',
    since: '0.1.0',
  },
  {
    name: 'spoof-check',
    type: 'yes-no',
    summary:
      'Whether it sends from its own hardware and IP addresses alone, and neither routes nor addresses for others.',
    default: 'yes',
    example: 'spoof-check = no',
    since: '0.1.0',
  },
  {
    name: 'template',
    type: 'command',
    summary:
      'How `apply --create` makes a missing rootfs: an LXC template and its arguments, as after `lxc-create -t`.',
    details: "Arguments are separated by blanks; LXC's `--` between the template and its arguments is put in for you.",
    defaultDoc: 'none: a missing rootfs is left to you',
    example: 'template = download -d debian -r trixie -a amd64',
    since: '0.1.0',
  },
  {
    name: 'autostart',
    type: 'yes-no',
    summary: "Whether it starts with the host's runlevel.",
    default: 'yes',
    example: 'autostart = no',
    since: '0.1.0',
  },
  {
    name: 'ready',
    type: 'ready',
    summary:
      'When a start counts as done: `running`, `tcp:PORT` (it accepts a connection) or `exec:COMMAND` (it succeeds inside).',
    details: 'Containers that need this one wait for it. The command is run by `sh -c` inside until it exits with 0.',
    default: 'running',
    example: 'ready = tcp:80',
    since: '0.1.0',
  },
  {
    name: 'ready-timeout',
    type: 'duration',
    min: 1,
    max: 86_400,
    summary: 'How long a start may take until it is ready; then it has failed and is undone.',
    default: '30s',
    example: 'ready-timeout = 2m',
    since: '0.1.0',
  },
  {
    name: 'stop-timeout',
    type: 'duration',
    min: 1,
    max: 86_400,
    summary: 'How long it may take to halt by itself; then it is killed.',
    default: '60s',
    example: 'stop-timeout = 5m',
    since: '0.1.0',
  },
  {
    name: 'stop-signal',
    type: 'signal',
    summary: 'The signal that tells the init inside to halt.',
    defaultDoc: 'what the init found in its rootfs understands: busybox, sysvinit, OpenRC or systemd',
    example: 'stop-signal = SIGRTMIN+3',
    since: '0.1.0',
  },
  {
    name: 'restart',
    type: 'choice',
    choices: ['no', 'always', 'on-failure'],
    summary: 'Whether it is started again when it ends by itself: never, always, or when it did not end well.',
    details: 'Bounded to 5 times a minute, then it counts as failed. A `poweroff` inside is a stop, not a crash.',
    default: 'no',
    example: 'restart = on-failure',
    since: '0.1.0',
  },
  {
    name: 'user-namespace',
    type: 'yes-no',
    summary: 'Whether its root is an unprivileged user of the host. `no`: root inside is root outside.',
    default: 'yes',
    example: 'user-namespace = no',
    since: '0.1.0',
  },
  {
    name: 'id-mapping',
    type: 'choice',
    choices: ['mount', 'owner'],
    summary: 'How the files of its rootfs fit its user namespace.',
    details:
      '`mount`: they belong to root and the like on disk, and are mapped when mounted; the file system must support that ' +
      '(ext4, xfs, btrfs, tmpfs do, overlayfs does not; LXC 4.0.7 or later). `owner`: they belong to the mapped ids on disk.',
    default: 'mount',
    example: 'id-mapping = owner',
    since: '0.1.0',
  },
  ...limitKeys,
];
