# Copyright 2026 Gentoo Authors
# Distributed under the terms of the GNU General Public License v2

EAPI=8

inherit linux-info optfeature shell-completion

DESCRIPTION="LXC containers under OpenRC: one description of a host, all that must agree"
HOMEPAGE="https://wiki.gentoo.org/wiki/LXC"
SRC_URI="${P}.tar.gz"

# Of the program, and of the packages bundled with it.
LICENSE="Apache-2.0 BSD GPL-2 ISC MIT"
SLOT="0"
KEYWORDS="~amd64 ~arm ~arm64 ~ppc64 ~riscv ~x86"
IUSE="doc lab test"
RESTRICT="fetch !test? ( test )"

# The lab also runs /usr/bin/python3, which is there wherever Portage is.
RDEPEND="
	net-firewall/nftables
	>=net-libs/nodejs-20
	sys-apps/iproute2
	sys-apps/openrc
	lab? (
		sys-apps/busybox[static]
		>=sys-apps/util-linux-2.36[caps]
	)
"
BDEPEND="test? ( >=net-libs/nodejs-20 )"
# LXC of this overlay has /etc/init.d/lxc, a link to a script of this package, and so comes after it.
PDEPEND=">=app-containers/lxc-4.0.0"

# What needs which option of the kernel is what rc-lxc itself knows; `rc-lxc doctor` says which of them a description
# needs. None is fatal: a package may be built on another machine than it runs on.
CONFIG_CHECK="
	~BFQ_GROUP_IOSCHED
	~BLK_CGROUP
	~BLK_CGROUP_IOCOST
	~BPF_SYSCALL
	~BRIDGE
	~BRIDGE_VLAN_FILTERING
	~CFS_BANDWIDTH
	~CGROUPS
	~CGROUP_BPF
	~CGROUP_DEVICE
	~CGROUP_PIDS
	~CGROUP_SCHED
	~FAIR_GROUP_SCHED
	~FUSE_FS
	~INET
	~IPC_NS
	~IPV6
	~IPVLAN
	~IPVLAN_L3S
	~MACVLAN
	~MEMCG
	~MULTIUSER
	~NAMESPACES
	~NET
	~NETFILTER
	~NETFILTER_EGRESS
	~NETFILTER_INGRESS
	~NET_CLS_BPF
	~NET_NS
	~NET_SCH_INGRESS
	~NFT_CT
	~NFT_LIMIT
	~NFT_LOG
	~NFT_MASQ
	~NFT_NAT
	~NF_CONNTRACK
	~NF_NAT
	~NF_TABLES
	~NF_TABLES_ARP
	~NF_TABLES_BRIDGE
	~NF_TABLES_INET
	~NF_TABLES_NETDEV
	~PACKET
	~PID_NS
	~POSIX_MQUEUE
	~SECCOMP_FILTER
	~TMPFS
	~TUN
	~UNIX
	~UNIX98_PTYS
	~USER_NS
	~UTS_NS
	~VETH
	~VLAN_8021Q
"
ERROR_BFQ_GROUP_IOSCHED='CONFIG_BFQ_GROUP_IOSCHED: without it a container with `io-weight` cannot be'
ERROR_BFQ_GROUP_IOSCHED+=" started (limits:io-weight)"
ERROR_BLK_CGROUP='CONFIG_BLK_CGROUP: without it a container with `io-weight` cannot be started'
ERROR_BLK_CGROUP+=" (limits:io-weight)"
ERROR_BLK_CGROUP_IOCOST='CONFIG_BLK_CGROUP_IOCOST: without it a container with `io-weight` cannot be'
ERROR_BLK_CGROUP_IOCOST+=" started (limits:io-weight)"
ERROR_BPF_SYSCALL="CONFIG_BPF_SYSCALL: without it devices cannot be kept from containers under"
ERROR_BPF_SYSCALL+=" cgroup v2, and none can be started (devices)"
ERROR_BRIDGE="CONFIG_BRIDGE: without it the bridge cannot be made (network:bridge)"
ERROR_BRIDGE_VLAN_FILTERING="CONFIG_BRIDGE_VLAN_FILTERING: without it the card among the ports goes"
ERROR_BRIDGE_VLAN_FILTERING+=" promiscuous; type routed and type macvlan do without a bridge (network:bridge)"
ERROR_CFS_BANDWIDTH='CONFIG_CFS_BANDWIDTH: without it a container with `cpus` cannot be started'
ERROR_CFS_BANDWIDTH+=" (limits:cpus)"
ERROR_CGROUPS="CONFIG_CGROUPS: without it no container can be started (containers)"
ERROR_CGROUP_BPF="CONFIG_CGROUP_BPF: without it devices cannot be kept from containers under"
ERROR_CGROUP_BPF+=" cgroup v2, and none can be started (devices)"
ERROR_CGROUP_DEVICE="CONFIG_CGROUP_DEVICE: without it devices cannot be kept from containers under"
ERROR_CGROUP_DEVICE+=" cgroup v1, and none can be started (devices)"
ERROR_CGROUP_PIDS='CONFIG_CGROUP_PIDS: without it a container with `pids` cannot be started'
ERROR_CGROUP_PIDS+=" (limits:pids)"
ERROR_CGROUP_SCHED='CONFIG_CGROUP_SCHED: without it a container with `cpus` cannot be started'
ERROR_CGROUP_SCHED+=" (limits:cpus)"
ERROR_FAIR_GROUP_SCHED='CONFIG_FAIR_GROUP_SCHED: without it a container with `cpus` cannot be started'
ERROR_FAIR_GROUP_SCHED+=" (limits:cpus)"
ERROR_FUSE_FS="CONFIG_FUSE_FS: without it there is no /dev/fuse to give to a container"
ERROR_FUSE_FS+=" (device:/dev/fuse)"
ERROR_INET="CONFIG_INET: without it there is no network (containers)"
ERROR_IPC_NS="CONFIG_IPC_NS: without it no container can be started (containers)"
ERROR_IPV6="CONFIG_IPV6: without it no container gets its IPv6 address (ipv6)"
ERROR_IPVLAN="CONFIG_IPVLAN: without it no container gets an interface (network:ipvlan)"
ERROR_IPVLAN_L3S="CONFIG_IPVLAN_L3S: without it mode l3s is refused (network:ipvlan)"
ERROR_MACVLAN="CONFIG_MACVLAN: without it no container gets an interface (network:macvlan)"
ERROR_MEMCG='CONFIG_MEMCG: without it a container with `memory` cannot be started'
ERROR_MEMCG+=" (limits:memory)"
ERROR_MULTIUSER="CONFIG_MULTIUSER: without it every process is root, and no container can be"
ERROR_MULTIUSER+=" started (containers)"
ERROR_NAMESPACES="CONFIG_NAMESPACES: without it no container can be started (containers)"
ERROR_NET="CONFIG_NET: without it there is no network (network:none)"
ERROR_NETFILTER="CONFIG_NETFILTER: without it the packet rules do not load, and no container"
ERROR_NETFILTER+=" behind them starts (firewall)"
ERROR_NETFILTER_EGRESS="CONFIG_NETFILTER_EGRESS: without it the rules of a card that containers share do"
ERROR_NETFILTER_EGRESS+=" not load (firewall:parent)"
ERROR_NETFILTER_INGRESS="CONFIG_NETFILTER_INGRESS: without it the rules of a card that containers share"
ERROR_NETFILTER_INGRESS+=" do not load (firewall:parent)"
ERROR_NET_CLS_BPF="CONFIG_NET_CLS_BPF: without it a container sees its cable pulled while the"
ERROR_NET_CLS_BPF+=" packet rules are away: its end on the host is taken down to hold it"
ERROR_NET_CLS_BPF+=" (firewall:held); without it nothing holds what containers send through a card"
ERROR_NET_CLS_BPF+=" that they share while the packet rules are away (firewall:held-parent)"
ERROR_NET_NS="CONFIG_NET_NS: without it no container can be started (containers,"
ERROR_NET_NS+=" network:empty); without it no card can be given away (network:phys)"
ERROR_NET_SCH_INGRESS="CONFIG_NET_SCH_INGRESS: without it a container sees its cable pulled while the"
ERROR_NET_SCH_INGRESS+=" packet rules are away: its end on the host is taken down to hold it"
ERROR_NET_SCH_INGRESS+=" (firewall:held); without it nothing holds what containers send through a card"
ERROR_NET_SCH_INGRESS+=" that they share while the packet rules are away (firewall:held-parent)"
ERROR_NFT_CT="CONFIG_NFT_CT: without it the packet rules do not load, and no container behind"
ERROR_NFT_CT+=" them starts (firewall)"
ERROR_NFT_LIMIT="CONFIG_NFT_LIMIT: without it the packet rules do not load, unless [host] has"
ERROR_NFT_LIMIT+=' `log-drops = no` (log-drops)'
ERROR_NFT_LOG="CONFIG_NFT_LOG: without it the packet rules do not load, unless [host] has"
ERROR_NFT_LOG+=' `log-drops = no` (log-drops)'
ERROR_NFT_MASQ='CONFIG_NFT_MASQ: without it the packet rules of a network with `nat = yes` do'
ERROR_NFT_MASQ+=" not load (nat)"
ERROR_NFT_NAT='CONFIG_NFT_NAT: without it the packet rules of a network with `nat = yes` do not'
ERROR_NFT_NAT+=" load (nat)"
ERROR_NF_CONNTRACK="CONFIG_NF_CONNTRACK: without it the packet rules do not load, and no container"
ERROR_NF_CONNTRACK+=" behind them starts (firewall)"
ERROR_NF_NAT='CONFIG_NF_NAT: without it the packet rules of a network with `nat = yes` do not'
ERROR_NF_NAT+=" load (nat)"
ERROR_NF_TABLES="CONFIG_NF_TABLES: without it the packet rules do not load, and no container"
ERROR_NF_TABLES+=" behind them starts (firewall)"
ERROR_NF_TABLES_ARP="CONFIG_NF_TABLES_ARP: without it the packet rules do not load, and no container"
ERROR_NF_TABLES_ARP+=" behind them starts (firewall:routed)"
ERROR_NF_TABLES_BRIDGE="CONFIG_NF_TABLES_BRIDGE: without it the packet rules do not load, and no"
ERROR_NF_TABLES_BRIDGE+=" container behind them starts (firewall:bridge)"
ERROR_NF_TABLES_INET="CONFIG_NF_TABLES_INET: without it the packet rules do not load, and no container"
ERROR_NF_TABLES_INET+=" behind them starts (firewall)"
ERROR_NF_TABLES_NETDEV="CONFIG_NF_TABLES_NETDEV: without it the rules of a card that containers share do"
ERROR_NF_TABLES_NETDEV+=" not load (firewall:parent)"
ERROR_PACKET="CONFIG_PACKET: without it a container cannot ask for its address by DHCP (dhcp)"
ERROR_PID_NS="CONFIG_PID_NS: without it no container can be started (containers)"
ERROR_POSIX_MQUEUE="CONFIG_POSIX_MQUEUE: without it programs inside have no POSIX message queues"
ERROR_POSIX_MQUEUE+=" (containers)"
ERROR_SECCOMP_FILTER="CONFIG_SECCOMP_FILTER: without it no privileged container can be started: it"
ERROR_SECCOMP_FILTER+=" could make system calls that reach the host (privileged-containers)"
ERROR_TMPFS="CONFIG_TMPFS: without it no container gets a /dev of its own (containers)"
ERROR_TUN="CONFIG_TUN: without it there is no /dev/net/tun to give to a container"
ERROR_TUN+=" (device:/dev/net/tun)"
ERROR_UNIX="CONFIG_UNIX: without it lxc-info, lxc-stop and the services cannot speak to a"
ERROR_UNIX+=" container (containers)"
ERROR_UNIX98_PTYS="CONFIG_UNIX98_PTYS: without it no container gets a console (containers)"
ERROR_USER_NS="CONFIG_USER_NS: without it no container with a user namespace can be started,"
ERROR_USER_NS+=" and that is the default (user-namespaces)"
ERROR_UTS_NS="CONFIG_UTS_NS: without it no container can be started (containers)"
ERROR_VETH="CONFIG_VETH: without it no container gets an interface (network:bridge,"
ERROR_VETH+=" network:routed)"
ERROR_VLAN_8021Q="CONFIG_VLAN_8021Q: without it no container gets an interface (network:vlan)"

pkg_nofetch() {
	einfo "${A} is made, not downloaded. In a clone of rc-lxc's repository, with Node, npm and a network:"
	einfo "    git checkout v0.1.0 && make dist"
	einfo "    cp release/${A} \"\$(portageq envvar DISTDIR)\""
	einfo "It is the same bytes wherever it is made, and the Manifest says which: what has changed since that"
	einfo "release gives another file. For that there is =${CATEGORY}/${PN}-9999."
}

pkg_setup() {
	if use lab; then
		CONFIG_CHECK+=" ~OVERLAY_FS"
		local ERROR_OVERLAY_FS="CONFIG_OVERLAY_FS: without it rc-lxc lab cannot boot its throw-away host (lab)"
	fi
	linux-info_pkg_setup
}

# It is compiled already: plain JavaScript and shell.
src_compile() { :; }

src_test() {
	emake check
}

src_install() {
	emake install \
		DESTDIR="${D}" \
		PREFIX="${EPREFIX}/usr" \
		SYSCONFDIR="${EPREFIX}/etc" \
		DOCDIR="${EPREFIX}/usr/share/doc/${PF}" \
		BASHCOMPDIR="$(get_bashcompdir)" \
		ZSHCOMPDIR="$(get_zshcompdir)" \
		DOC="$(usex doc)" \
		LAB="$(usex lab)"
	docompress -x "/usr/share/doc/${PF}/examples"
}

pkg_postinst() {
	if [[ -z ${REPLACING_VERSIONS} ]]; then
		elog "One file describes the host: ${EROOT}/etc/rc-lxc/host.ini. An example to start from is"
		elog "${EROOT}/usr/share/doc/${PF}/examples/excelsior/host.ini; \`rc-lxc check\` and \`rc-lxc plan\`"
		elog "say what it would do, and \`rc-lxc apply\` does it."
	fi
	optfeature "networks with dhcp = yes" net-dns/dnsmasq
	optfeature "links = netifrc" net-misc/netifrc
	optfeature "containers with a user namespace that root's subordinate ids map" sys-apps/shadow
	if use lab; then
		optfeature "rc-lxc lab --vm" app-emulation/qemu
	fi
}
