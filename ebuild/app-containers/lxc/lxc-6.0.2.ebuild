# Copyright 2026 Gentoo Authors
# Distributed under the terms of the GNU General Public License v2

EAPI=8

inherit linux-info meson optfeature shell-completion verify-sig

DESCRIPTION="Containers by what the Linux kernel has for them, with services for OpenRC"
HOMEPAGE="https://linuxcontainers.org/lxc/ https://github.com/lxc/lxc"
SRC_URI="
	https://linuxcontainers.org/downloads/lxc/${P}.tar.gz
	verify-sig? ( https://linuxcontainers.org/downloads/lxc/${P}.tar.gz.asc )
"

LICENSE="GPL-2 LGPL-2.1 LGPL-3"
# The number in liblxc.so's name, and the release that last changed its interface.
SLOT="0/1.8"
KEYWORDS="~amd64 ~arm ~arm64 ~ppc64 ~riscv ~x86"
IUSE="apparmor +caps examples io-uring man pam +seccomp selinux ssl test +tools"
RESTRICT="!test? ( test )"

COMMON_DEPEND="
	apparmor? ( sys-libs/libapparmor )
	caps? ( sys-libs/libcap )
	io-uring? ( >=sys-libs/liburing-2:= )
	pam? ( sys-libs/pam )
	seccomp? ( sys-libs/libseccomp )
	selinux? ( sys-libs/libselinux )
	ssl? ( dev-libs/openssl:0= )
	tools? ( sys-libs/libcap )
"
RDEPEND="
	${COMMON_DEPEND}
	acct-group/lxc
	acct-user/lxc
	app-containers/rc-lxc
	sys-apps/openrc
"
# init.lxc.static, which is put into containers, is linked with the static libcap.
DEPEND="
	${COMMON_DEPEND}
	sys-kernel/linux-headers
	caps? ( sys-libs/libcap[static-libs] )
	tools? ( sys-libs/libcap[static-libs] )
"
BDEPEND="
	virtual/pkgconfig
	man? ( app-text/docbook2X )
	verify-sig? ( sec-keys/openpgp-keys-linuxcontainers )
"

VERIFY_SIG_OPENPGP_KEY_PATH="/usr/share/openpgp-keys/linuxcontainers.asc"

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
	~NET_NS
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
ERROR_NET_NS="CONFIG_NET_NS: without it no container can be started (containers,"
ERROR_NET_NS+=" network:empty); without it no card can be given away (network:phys)"
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

pkg_setup() {
	linux-info_pkg_setup
}

src_configure() {
	# One binary for all tools would be called lxc, as LXD's client is. With the services, which ours replace, comes what
	# they run: lxc-net and lxc-containers in /usr/libexec/lxc. State directories are ours.
	local emesonargs=(
		--localstatedir="${EPREFIX}/var"
		-Dcommands=true
		-Dcoverity-build=false
		-Ddata-path="${EPREFIX}/var/lib/lxc"
		-Ddbus=false
		-Ddistrosysconfdir=default
		-Ddoc-path="${EPREFIX}/usr/share/doc/${PF}"
		-Dinit-script=sysvinit
		-Dinstall-init-files=true
		-Dinstall-state-dirs=false
		-Dlog-path="${EPREFIX}/var/log/lxc"
		-Dmemfd-rexec=true
		-Doss-fuzz=false
		-Drootfs-mount-path="${EPREFIX}/var/lib/lxc/rootfs"
		-Druntime-path="${EPREFIX}/run"
		-Dspecfile=false
		-Dthread-safety=true
		-Dtools-multicall=false
		$(meson_use apparmor)
		$(meson_use examples)
		$(meson_use io-uring io-uring-event-loop)
		$(meson_use man)
		$(meson_use pam pam-cgroup)
		$(meson_use seccomp)
		$(meson_use selinux)
		$(meson_use ssl openssl)
		$(meson_use test tests)
		$(meson_use tools)
	)
	# The tools cannot be built without it.
	if use caps || use tools; then
		emesonargs+=( -Dcapabilities=true )
	else
		emesonargs+=( -Dcapabilities=false )
	fi
	meson_src_configure
}

src_install() {
	meson_src_install

	# All commands have their completion in one file, whose name LXD's has too. bash looks for the command's name.
	local completions name
	completions="${D}$(get_bashcompdir)"
	if [[ -e ${completions}/_lxc ]]; then
		mv "${completions}/_lxc" "${completions}/lxc-start" || die
		for name in "${completions}"/lxc-*; do
			[[ ! -L ${name} ]] || ln -snf lxc-start "${name}" || die
		done
	fi

	newinitd "${FILESDIR}/lxc-net.initd" lxc-net
	newinitd "${FILESDIR}/lxc-containers.initd" lxc-containers
	newconfd "${FILESDIR}/lxc-containers.confd" lxc-containers
	newconfd "${FILESDIR}/lxc.confd" lxc
	dosym rc-lxc /etc/init.d/lxc

	keepdir /var/lib/lxc /var/log/lxc
	find "${ED}" -name '*.la' -delete || die
}

pkg_postinst() {
	elog "Containers are OpenRC services named lxc.NAME: one by one by \`ln -s lxc /etc/init.d/lxc.NAME\`,"
	elog "or all of a host described in one file, for which see rc-lxc(8)."
	optfeature "making containers of other distributions" app-containers/distrobuilder app-containers/lxc-templates
	optfeature "making containers of Debian and Ubuntu" dev-util/debootstrap
	optfeature "checkpoints of containers" sys-process/criu
	optfeature "addresses by lxc-net" net-dns/dnsmasq
}
