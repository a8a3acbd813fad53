import { allOptions, description, healthy } from './patient.ts';
import type { Change } from './patient.ts';

export const withoutOption = (name: string): string => allOptions.filter((line) => line !== `${name}=y\n`).join('');
const config = '/boot/config-6.12.1-gentoo';
const mounts = '/proc/self/mounts';
const lan = `[host]\nuplink = eth0\n[network lan]\nipv4 = 192.168.7.2/24\nports = eth0\n`;
const dropping = JSON.stringify({
  nftables: [{ chain: { family: 'inet', table: 'filter', name: 'forward', hook: 'forward', policy: 'drop' } }],
});

/** Code, severity, part of the message, part of the remedy, and what is different on the host. */
export const illnesses: readonly (readonly [string, 'error' | 'warning', RegExp, RegExp, Change])[] = [
  [
    'kernel-option-missing',
    'error',
    /^web1: this kernel has no CONFIG_MEMCG: .*`memory`/u,
    /CONFIG_MEMCG/u,
    { files: { [config]: withoutOption('CONFIG_MEMCG') } },
  ],
  [
    'kernel-option-missing',
    'error',
    /^internal: this kernel has no CONFIG_NFT_MASQ: .*`nat = yes`/u,
    /CONFIG_NFT_MASQ/u,
    { files: { [config]: withoutOption('CONFIG_NFT_MASQ') } },
  ],
  [
    'kernel-option-missing',
    'warning',
    /^lan: .*CONFIG_BRIDGE_VLAN_FILTERING: .*promiscuous/u,
    /CONFIG_BRIDGE_VLAN_FILTERING/u,
    { text: lan, files: { [config]: withoutOption('CONFIG_BRIDGE_VLAN_FILTERING') } },
  ],
  ['kernel-unknown', 'warning', /6\.12\.1-gentoo/u, /IKCONFIG_PROC/u, { files: { [config]: undefined } }],
  [
    'no-user-namespaces',
    'error',
    /max_user_namespaces is 0/u,
    /sysctl user\.max_user_namespaces=/u,
    { files: { '/proc/sys/user/max_user_namespaces': '0\n' } },
  ],
  [
    'version-too-old',
    'warning',
    /^OpenRC 0\.41\.2 is older/u,
    /0\.45\.2 or later/u,
    { programs: { 'openrc --version': 'openrc (OpenRC) 0.41.2\n' } },
  ],
  ['version-too-old', 'warning', /^Node 18\.19\.0/u, /nodejs/u, { node: '18.19.0' }],
  ['lxc-unsupported', 'error', /^LXC 3\.0\.4 is installed/u, /from 4\.0\.0/u, { facts: { installedLxc: '3.0.4' } }],
  [
    'lxc-differs',
    'error',
    /^LXC 5\.0\.2 is installed, .* written for 7\.0\.0/u,
    /lxc = 5\.0\.2/u,
    { facts: { installedLxc: '5.0.2' }, text: description.replace('[host]', '[host]\nlxc = 7.0') },
  ],
  [
    'lxc-differs',
    'warning',
    /^LXC 7\.0\.0 is installed, .* written for 5\.0\.0/u,
    /leave `lxc` out/u,
    { text: description.replace('[host]', '[host]\nlxc = 5.0') },
  ],
  [
    'kernel-too-old',
    'error',
    /^kernel 5\.10\.0 cannot map ids .*: web1/u,
    /id-mapping = owner/u,
    { files: { '/proc/sys/kernel/osrelease': '5.10.0\n', '/boot/config-5.10.0': allOptions.join('') } },
  ],
  ['program-missing', 'error', /^nft is not installed/u, /emerge/u, { files: { '/usr/bin/nft': undefined } }],
  ['script-missing', 'error', /netifrc is not installed/u, /iproute2/u, { files: { '/etc/init.d/net.lo': undefined } }],
  ['no-cgroups', 'error', /no control groups/u, /rc-service/u, { files: { [mounts]: 'root / ext4 rw 0 0\n' } }],
  [
    'cgroup1-with-new-lxc',
    'error',
    /hybrid layout .* LXC 7\.0\.0 starts no container/u,
    /unified/u,
    {
      files: {
        [mounts]: 'cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0\ncgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0\n',
      },
      facts: { cgroup1Controllers: ['memory'] },
    },
  ],
  [
    'legacy-cgroup-mode',
    'error',
    /rc_cgroup_mode="legacy": the next boot/u,
    /unified/u,
    { files: { '/etc/rc.conf': 'rc_cgroup_mode="legacy"\n' } },
  ],
  [
    'legacy-cgroup-mode',
    'warning',
    /rc_cgroup_mode="hybrid"/u,
    /unified/u,
    { files: { '/etc/rc.conf': "rc_cgroup_mode='hybrid'\n" }, facts: { installedLxc: '5.0.2' } },
  ],
  [
    'service-not-in-runlevel',
    'error',
    /^cgroups is in no runlevel/u,
    /rc-update add cgroups sysinit/u,
    { files: { '/etc/runlevels/sysinit/cgroups': undefined } },
  ],
  [
    'service-not-in-runlevel',
    'warning',
    /^lxc\.web1 is not in runlevel default/u,
    /rc-update add lxc\.web1 default/u,
    { files: { '/etc/runlevels/default/lxc.web1': undefined } },
  ],
  [
    'controller-missing',
    'error',
    /^web1: control groups have no controller memory, which `memory` needs/u,
    /cgroup_disable=memory/u,
    { files: { '/sys/fs/cgroup/cgroup.controllers': 'cpuset cpu io pids\n' } },
  ],
  [
    'subid-missing',
    'error',
    /^web1: \/etc\/subgid gives root none/u,
    /root:\d+:65536/u,
    { files: { '/etc/subgid': 'someone:100000:65536\n' } },
  ],
  [
    'interface-missing',
    'warning',
    /^eth0, uplink, is no interface/u,
    /there are: enp3s0/u,
    { files: { '/sys/class/net/eth0/mtu': undefined, '/sys/class/net/enp3s0/mtu': '1500' } },
  ],
  [
    'not-applied',
    'warning',
    /nothing of this description is on the host/u,
    /rc-lxc plan/u,
    {
      files: {
        '/etc/init.d/lxc.web1': undefined,
        '/etc/runlevels/default/lxc.web1': undefined,
        '/var/lib/lxc/web1/config': undefined,
      },
    },
  ],
  [
    'dangling-service',
    'warning',
    /^lxc\.old is in runlevel default/u,
    /rc-update delete lxc\.old default/u,
    { files: { '/etc/runlevels/default/lxc.old': '-> /etc/init.d/lxc.old' } },
  ],
  [
    'foreign-drop-policy',
    'warning',
    /^table inet filter: its chain forward drops/u,
    /nft insert rule/u,
    { programs: { 'nft -j list ruleset': dropping } },
  ],
  [
    'foreign-drop-policy',
    'warning',
    /^iptables-legacy: chain FORWARD drops/u,
    /-I FORWARD/u,
    {
      files: { '/proc/net/ip_tables_names': 'filter\n' },
      programs: { 'iptables-legacy -S FORWARD': '-P FORWARD DROP\n' },
    },
  ],
  [
    'rules-not-loaded',
    'warning',
    /nothing of \/etc\/rc-lxc\/nftables\.nft is loaded/u,
    /rc-service rc-lxc-nft start/u,
    { files: { '/etc/rc-lxc/nftables.nft': 'table inet rc-lxc {\n}\n' } },
  ],
  [
    'rootfs-missing',
    'warning',
    /^web1: no rootfs: \/var\/lib\/lxc\/web1\/rootfs$/u,
    /template = busybox/u,
    { files: { '/var/lib/lxc/web1/rootfs/sbin/init': undefined } },
  ],
  [
    'rootfs-missing',
    'warning',
    /^web1: no rootfs/u,
    /apply --create/u,
    { files: { '/var/lib/lxc/web1/rootfs/sbin/init': undefined }, text: `${description}template = busybox\n` },
  ],
  [
    'rootfs-not-mappable',
    'error',
    /is on nfs4 \(\/var\/lib\/lxc\)/u,
    /ext4/u,
    { files: { [mounts]: `${String(healthy.files[mounts])}nas:/lxc /var/lib/lxc nfs4 rw 0 0\n` } },
  ],
  [
    'legacy-config',
    'warning',
    /^\/var\/lib\/lxc\/old\/config: LXC 7\.0\.0 refuses lxc\.network\.type, and 1 line more/u,
    /write lxc\.net\.0\.type/u,
    { files: { '/var/lib/lxc/old/config': 'lxc.network.type = veth\nlxc.utsname = old\nlxc.arch = amd64\n' } },
  ],
  [
    'refused-config',
    'warning',
    /^\/etc\/lxc\/strict\.conf: LXC 7\.0\.0 refuses lxc\.cgroup\.memory\.limit_in_bytes/u,
    /write lxc\.cgroup2\.memory\.max/u,
    { files: { '/etc/lxc/strict.conf': 'lxc.cgroup.memory.limit_in_bytes = 64M\n' } },
  ],
  [
    'old-script',
    'warning',
    /^\/etc\/init\.d\/lxc\.old is a link to the old script lxc/u,
    /rc-lxc new old/u,
    { files: { '/etc/init.d/lxc.old': '-> lxc', '/etc/init.d/lxc': '#!/sbin/openrc-run\n' } },
  ],
  [
    'shared-settings',
    'warning',
    /^\/etc\/conf\.d\/lxc sets lxc_timeout:/u,
    /\/etc\/conf\.d\/lxc\.NAME/u,
    { files: { '/etc/conf.d/lxc': '# old\nlxc_timeout=30\n' } },
  ],
  [
    'port-has-address',
    'warning',
    /^\/etc\/conf\.d\/net gives eth0 an address, and eth0 is a port of lan/u,
    /config_eth0="null"/u,
    { text: lan, files: { '/etc/conf.d/net': 'config_eth0="192.168.7.2/24"\n' } },
  ],
  [
    'subid-shared',
    'error',
    /^web1: \/etc\/subuid gives mallory ids of this container/u,
    /another range/u,
    { files: { '/etc/subuid': 'root:0:4294967295\nmallory:0:4294967295\n' } },
  ],
];
