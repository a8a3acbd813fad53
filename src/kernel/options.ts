import { typeOf } from '../networks/index.ts';
import type { Attachment } from '../networks/types.ts';
import type { ContainerModel, HostModel, NetworkModel, NicModel } from '../resolve/model.ts';
import type { KernelEntry, User } from './types.ts';

/** What the kernel needs beside what the types of network say of themselves. */

type Users = (model: HostModel) => readonly User[];

/** An option that somebody needs, if anybody. */
const usedBy = (entry: Omit<KernelEntry, 'when' | 'users'>, users: Users): KernelEntry => ({
  ...entry,
  when: (model) => users(model).length > 0,
  users,
});

const containersWith =
  (holds: (container: ContainerModel, model: HostModel) => boolean): Users =>
  (model) =>
    model.containers.filter((each) => holds(each, model));

const containersWithNic = (holds: (nic: NicModel, model: HostModel) => boolean): Users =>
  containersWith(({ nics }, model) => nics.some((nic) => holds(nic, model)));

const hasFirewall = ({ host }: HostModel): boolean => host.firewall === 'nftables';

/** By where the firewall can look at an interface. */
const filteredAs = (...kinds: readonly Attachment['kind'][]): Users =>
  containersWithNic((nic, model) => {
    const network = model.networkByName.get(nic.network);
    return hasFirewall(model) && network !== undefined && kinds.includes(typeOf(network).attachment(network, nic).kind);
  });

/** Options differ between cgroup v1 and v2. */
const holdsIn1 = ({ host }: HostModel, controller: string): boolean => host.cgroup1Controllers.includes(controller);

const withDevice = (path: string): Users => containersWith(({ devices }) => devices.some((each) => each.path === path));

const container = (option: string, why: string): KernelEntry => ({
  option,
  why,
  feature: 'containers',
  required: true,
});

const containers: readonly KernelEntry[] = [
  container('CONFIG_NAMESPACES', 'no container can be started'),
  container('CONFIG_UTS_NS', 'no container can be started'),
  container('CONFIG_IPC_NS', 'no container can be started'),
  container('CONFIG_PID_NS', 'no container can be started'),
  container('CONFIG_NET_NS', 'no container can be started'),
  container('CONFIG_CGROUPS', 'no container can be started'),
  container('CONFIG_MULTIUSER', 'every process is root, and no container can be started'),
  container('CONFIG_UNIX98_PTYS', 'no container gets a console'),
  container('CONFIG_TMPFS', 'no container gets a /dev of its own'),
  container('CONFIG_UNIX', 'lxc-info, lxc-stop and the services cannot speak to a container'),
  container('CONFIG_INET', 'there is no network'),
  {
    option: 'CONFIG_POSIX_MQUEUE',
    why: 'programs inside have no POSIX message queues',
    feature: 'containers',
    required: false,
    optional: true,
  },
];

const privileges: readonly KernelEntry[] = [
  usedBy(
    {
      option: 'CONFIG_USER_NS',
      why: 'no container with a user namespace can be started, and that is the default',
      feature: 'user-namespaces',
      required: true,
    },
    containersWith(({ userNamespace }) => userNamespace),
  ),
  usedBy(
    {
      option: 'CONFIG_SECCOMP_FILTER',
      why: 'no privileged container can be started: it could make system calls that reach the host',
      feature: 'privileged-containers',
      required: false,
    },
    containersWith(({ userNamespace }) => !userNamespace),
  ),
];

const devices: readonly KernelEntry[] = [
  ...['CONFIG_CGROUP_BPF', 'CONFIG_BPF_SYSCALL'].map((option) =>
    usedBy(
      {
        option,
        why: 'devices cannot be kept from containers under cgroup v2, and none can be started',
        feature: 'devices',
        required: true,
      },
      containersWith((_, model) => !holdsIn1(model, 'devices')),
    ),
  ),
  usedBy(
    {
      option: 'CONFIG_CGROUP_DEVICE',
      why: 'devices cannot be kept from containers under cgroup v1, and none can be started',
      feature: 'devices',
      required: false,
    },
    containersWith((_, model) => holdsIn1(model, 'devices')),
  ),
  ...(
    [
      ['CONFIG_FUSE_FS', 'fuse', '/dev/fuse'],
      ['CONFIG_TUN', 'tun', '/dev/net/tun'],
    ] as const
  ).map(([option, module, path]) =>
    usedBy(
      { option, module, why: `there is no ${path} to give to a container`, feature: `device:${path}`, required: false },
      withDevice(path),
    ),
  ),
];

const limit = (key: string, option: string, holds: Parameters<typeof containersWith>[0]): KernelEntry =>
  usedBy(
    { option, why: `a container with \`${key}\` cannot be started`, feature: `limits:${key}`, required: false },
    containersWith(holds),
  );

const limits: readonly KernelEntry[] = [
  limit('memory', 'CONFIG_MEMCG', ({ memory }) => memory !== undefined),
  ...['CONFIG_CGROUP_SCHED', 'CONFIG_FAIR_GROUP_SCHED', 'CONFIG_CFS_BANDWIDTH'].map((option) =>
    limit('cpus', option, ({ cpus }) => cpus !== undefined),
  ),
  limit('pids', 'CONFIG_CGROUP_PIDS', ({ pids }) => pids !== undefined),
  limit('io-weight', 'CONFIG_BLK_CGROUP', ({ ioWeight }) => ioWeight !== undefined),
  limit(
    'io-weight',
    'CONFIG_BLK_CGROUP_IOCOST',
    ({ ioWeight }, model) => ioWeight !== undefined && !holdsIn1(model, 'blkio'),
  ),
  limit(
    'io-weight',
    'CONFIG_BFQ_GROUP_IOSCHED',
    ({ ioWeight }, model) => ioWeight !== undefined && holdsIn1(model, 'blkio'),
  ),
];

const addresses: readonly KernelEntry[] = [
  usedBy(
    {
      option: 'CONFIG_IPV6',
      module: 'ipv6',
      why: 'no container gets its IPv6 address',
      feature: 'ipv6',
      required: false,
    },
    containersWithNic(({ ipv6 }) => ipv6 !== undefined),
  ),
  usedBy(
    {
      option: 'CONFIG_PACKET',
      module: 'af_packet',
      why: 'a container cannot ask for its address by DHCP',
      feature: 'dhcp',
      required: false,
    },
    containersWithNic(({ dhcp }) => dhcp),
  ),
];

/** One part of the packet filter: its options, each with its module, and what does not load without them. */
const filtering = (
  feature: string,
  why: string,
  users: Users,
  options: readonly (readonly [option: string, module?: string])[],
): readonly KernelEntry[] =>
  options.map(([option, module]) =>
    usedBy({ option, ...(module === undefined ? {} : { module }), why, feature, required: false }, users),
  );

const networksWith =
  (holds: (network: NetworkModel) => boolean): Users =>
  (model) =>
    hasFirewall(model) ? model.networks.filter((network) => holds(network)) : [];

/** Those that the packet filter sees anything of. */
const filteredNetworks = networksWith((network) => typeOf(network).holds(network).policy !== 'nothing');

const notLoaded = 'the packet rules do not load, and no container behind them starts';

/** What init.d/lib/nft-hold.sh drops packets with. */
const holding = (feature: string, why: string, users: Users): readonly KernelEntry[] =>
  (
    [
      ['CONFIG_NET_SCH_INGRESS', 'sch_ingress'],
      ['CONFIG_NET_CLS_BPF', 'cls_bpf'],
    ] as const
  ).map(([option, module]) => usedBy({ option, module, why, feature, required: false, optional: true }, users));

const nftables: readonly KernelEntry[] = [
  ...filtering('firewall', notLoaded, filteredNetworks, [
    ['CONFIG_NETFILTER'],
    ['CONFIG_NF_TABLES', 'nf_tables'],
    ['CONFIG_NF_TABLES_INET'],
    ['CONFIG_NF_CONNTRACK', 'nf_conntrack'],
    ['CONFIG_NFT_CT', 'nft_ct'],
  ]),
  ...filtering('firewall:bridge', notLoaded, filteredAs('port'), [['CONFIG_NF_TABLES_BRIDGE']]),
  ...filtering('firewall:routed', notLoaded, filteredAs('routed'), [['CONFIG_NF_TABLES_ARP']]),
  ...filtering('firewall:parent', 'the rules of a card that containers share do not load', filteredAs('parent'), [
    ['CONFIG_NF_TABLES_NETDEV'],
    ['CONFIG_NETFILTER_INGRESS'],
    ['CONFIG_NETFILTER_EGRESS'],
  ]),
  ...holding(
    'firewall:held',
    'a container sees its cable pulled while the packet rules are away: its end on the host is taken down to hold it',
    filteredAs('port', 'routed'),
  ),
  ...holding(
    'firewall:held-parent',
    'nothing holds what containers send through a card that they share while the packet rules are away',
    filteredAs('parent'),
  ),
  ...filtering(
    'nat',
    'the packet rules of a network with `nat = yes` do not load',
    networksWith(({ nat }) => nat),
    [
      ['CONFIG_NF_NAT', 'nf_nat'],
      ['CONFIG_NFT_NAT', 'nft_nat'],
      ['CONFIG_NFT_MASQ', 'nft_masq'],
    ],
  ),
  ...filtering(
    'log-drops',
    'the packet rules do not load, unless [host] has `log-drops = no`',
    (model) => (model.host.logDrops ? filteredNetworks(model) : []),
    [
      ['CONFIG_NFT_LOG', 'nft_log'],
      ['CONFIG_NFT_LIMIT', 'nft_limit'],
    ],
  ),
];

/** In the order in which the manual lists them. */
export const ownOptions: readonly KernelEntry[] = [
  ...containers,
  ...privileges,
  ...devices,
  ...limits,
  ...addresses,
  ...nftables,
];

/** What `rc-lxc lab` boots a throw-away host with; no description asks for it. */
export const labOptions: readonly KernelEntry[] = [
  {
    option: 'CONFIG_OVERLAY_FS',
    module: 'overlay',
    why: 'rc-lxc lab cannot boot its throw-away host',
    feature: 'lab',
    required: false,
    when: () => false,
  },
];
