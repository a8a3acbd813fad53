import { typeOf } from '../networks/index.ts';
import type { Attachment } from '../networks/types.ts';
import type { ContainerModel, HostModel, NicModel } from '../resolve/model.ts';
import type { KernelEntry } from './types.ts';

/** What the kernel needs beside what the types of network say of themselves. */

const some =
  (holds: (container: ContainerModel) => boolean) =>
  ({ containers }: HostModel): boolean =>
    containers.some((container) => holds(container));

const someNic = (holds: (nic: NicModel) => boolean) => some(({ nics }) => nics.some((nic) => holds(nic)));

/** By where the firewall can look at an interface. */
const filters = (kind: Attachment['kind']) => (model: HostModel) =>
  model.host.firewall === 'nftables' && someAttachment(model, kind);

function someAttachment(model: HostModel, kind: Attachment['kind']): boolean {
  return someNic((nic) => {
    const network = model.networkByName.get(nic.network);
    return network !== undefined && typeOf(network).attachment(network, nic).kind === kind;
  })(model);
}

const firewall = ({ host, networks }: HostModel): boolean => host.firewall === 'nftables' && networks.length > 0;

/** Limits are written for where the controller is: the options differ between cgroup v1 and v2. */
const holdsIn1 = ({ host }: HostModel, controller: string): boolean => host.cgroup1Controllers.includes(controller);

const hasDevice = (path: string) => some(({ devices }) => devices.some((device) => device.path === path));

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
  {
    option: 'CONFIG_USER_NS',
    why: 'no container with a user namespace can be started, and that is the default',
    feature: 'user-namespaces',
    required: true,
    when: some(({ userNamespace }) => userNamespace),
  },
  {
    option: 'CONFIG_SECCOMP_FILTER',
    why: 'no privileged container can be started: it could make system calls that reach the host',
    feature: 'privileged-containers',
    required: false,
    when: some(({ userNamespace }) => !userNamespace),
  },
];

const devices: readonly KernelEntry[] = [
  {
    option: 'CONFIG_CGROUP_BPF',
    why: 'devices cannot be kept from containers under cgroup v2, and none can be started',
    feature: 'devices',
    required: true,
    when: (model) => model.containers.length > 0 && !holdsIn1(model, 'devices'),
  },
  {
    option: 'CONFIG_BPF_SYSCALL',
    why: 'devices cannot be kept from containers under cgroup v2, and none can be started',
    feature: 'devices',
    required: true,
    when: (model) => model.containers.length > 0 && !holdsIn1(model, 'devices'),
  },
  {
    option: 'CONFIG_CGROUP_DEVICE',
    why: 'devices cannot be kept from containers under cgroup v1, and none can be started',
    feature: 'devices',
    required: false,
    when: (model) => model.containers.length > 0 && holdsIn1(model, 'devices'),
  },
  {
    option: 'CONFIG_FUSE_FS',
    module: 'fuse',
    why: 'containers that are given /dev/fuse have none',
    feature: 'device:/dev/fuse',
    required: false,
    when: hasDevice('/dev/fuse'),
  },
  {
    option: 'CONFIG_TUN',
    module: 'tun',
    why: 'containers that are given /dev/net/tun have none',
    feature: 'device:/dev/net/tun',
    required: false,
    when: hasDevice('/dev/net/tun'),
  },
];

const limit = (key: string, option: string, when: KernelEntry['when']): KernelEntry => ({
  option,
  why: `a container with \`${key}\` cannot be started`,
  feature: `limits:${key}`,
  required: false,
  ...(when === undefined ? {} : { when }),
});

const hasWeight = some(({ ioWeight }) => ioWeight !== undefined);

const limits: readonly KernelEntry[] = [
  limit(
    'memory',
    'CONFIG_MEMCG',
    some(({ memory }) => memory !== undefined),
  ),
  ...['CONFIG_CGROUP_SCHED', 'CONFIG_FAIR_GROUP_SCHED', 'CONFIG_CFS_BANDWIDTH'].map((option) =>
    limit(
      'cpus',
      option,
      some(({ cpus }) => cpus !== undefined),
    ),
  ),
  limit(
    'pids',
    'CONFIG_CGROUP_PIDS',
    some(({ pids }) => pids !== undefined),
  ),
  limit('io-weight', 'CONFIG_BLK_CGROUP', hasWeight),
  limit('io-weight', 'CONFIG_BLK_CGROUP_IOCOST', (model) => hasWeight(model) && !holdsIn1(model, 'blkio')),
  limit('io-weight', 'CONFIG_BFQ_GROUP_IOSCHED', (model) => hasWeight(model) && holdsIn1(model, 'blkio')),
];

const addresses: readonly KernelEntry[] = [
  {
    option: 'CONFIG_IPV6',
    module: 'ipv6',
    why: 'no container gets its IPv6 address',
    feature: 'ipv6',
    required: false,
    when: someNic(({ ipv6 }) => ipv6 !== undefined),
  },
  {
    option: 'CONFIG_PACKET',
    module: 'af_packet',
    why: 'a container cannot ask for its address by DHCP',
    feature: 'dhcp',
    required: false,
    when: someNic(({ dhcp }) => dhcp),
  },
];

type Condition = NonNullable<KernelEntry['when']>;

/** One part of the packet filter: its options, each with its module, and what does not load without them. */
const filtering = (
  feature: string,
  why: string,
  when: Condition,
  options: readonly (readonly [option: string, module?: string])[],
): readonly KernelEntry[] =>
  options.map(([option, module]) => ({
    option,
    ...(module === undefined ? {} : { module }),
    why,
    feature,
    required: false,
    when,
  }));

const notLoaded = 'the packet rules do not load, and no container behind them starts';

const nftables: readonly KernelEntry[] = [
  ...filtering('firewall', notLoaded, firewall, [
    ['CONFIG_NETFILTER'],
    ['CONFIG_NF_TABLES', 'nf_tables'],
    ['CONFIG_NF_TABLES_INET'],
    ['CONFIG_NF_CONNTRACK', 'nf_conntrack'],
    ['CONFIG_NFT_CT', 'nft_ct'],
  ]),
  ...filtering('firewall:bridge', notLoaded, filters('port'), [['CONFIG_NF_TABLES_BRIDGE']]),
  ...filtering('firewall:routed', notLoaded, filters('routed'), [['CONFIG_NF_TABLES_ARP']]),
  ...filtering('firewall:parent', 'the rules of a card that containers share do not load', filters('parent'), [
    ['CONFIG_NF_TABLES_NETDEV'],
    ['CONFIG_NETFILTER_INGRESS'],
    ['CONFIG_NETFILTER_EGRESS'],
  ]),
  ...filtering(
    'nat',
    'the packet rules of a network with `nat = yes` do not load',
    (model) => firewall(model) && model.networks.some(({ nat }) => nat),
    [
      ['CONFIG_NF_NAT', 'nf_nat'],
      ['CONFIG_NFT_NAT', 'nft_nat'],
      ['CONFIG_NFT_MASQ', 'nft_masq'],
    ],
  ),
  ...filtering(
    'log-drops',
    'the packet rules do not load, unless [host] has `log-drops = no`',
    (model) => firewall(model) && model.host.logDrops,
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
