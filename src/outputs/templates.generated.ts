// Generated from templates/ by build/templates.ts; edit those and run it again.
export const templates = {
  'container/config':
    "<%_ for (const line of it.header) { _%>\n" +
    "# <%= this.comment(line) %>\n" +
    "<%_ } _%>\n" +
    "<%_ for (const group of it.groups) { _%>\n" +
    "<%= group -%>\n" +
    "<%_ } _%>\n",
  'container/group':
    "\n" +
    "# <%= this.comment(it.title) %>\n" +
    "<%_ for (const line of it.lines) { _%>\n" +
    "<%_ if (it.asWritten) { _%>\n" +
    "<%= this.asWritten(`${line.key} = ${line.value}`) %>\n" +
    "<%_ } else { _%>\n" +
    "<%= this.word(line.key) %> = <%= line.value %>\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n",
  'container/seccomp':
    "2\n" +
    "<%= it.listKind %>\n" +
    "<%_ for (const line of it.header) { _%>\n" +
    "# <%= this.comment(line) %>\n" +
    "<%_ } _%>\n" +
    "# Root in these containers is root outside: these calls would reach the host's kernel itself.\n" +
    "reject_force_umount\n" +
    "[all]\n" +
    "kexec_load errno 1\n" +
    "kexec_file_load errno 1\n" +
    "open_by_handle_at errno 1\n" +
    "init_module errno 1\n" +
    "finit_module errno 1\n" +
    "delete_module errno 1\n",
  'dnsmasq/conf':
    "<%_ for (const line of it.header) { _%>\n" +
    "# <%= this.comment(line) %>\n" +
    "<%_ } _%>\n" +
    "\n" +
    "# On these links alone, also when they come later or are made anew: the host's other addresses are for others to serve.\n" +
    "bind-dynamic\n" +
    "except-interface=lo\n" +
    "<%_ for (const network of it.networks) { _%>\n" +
    "interface=<%= network.link %>\n" +
    "<%_ } _%>\n" +
    "\n" +
    "# Names of containers, then what the name servers of the host say. Nothing that only this host can know is asked outside.\n" +
    "no-hosts\n" +
    "addn-hosts=<%= it.namesPath %>\n" +
    "resolv-file=/etc/resolv.conf\n" +
    "localise-queries\n" +
    "domain-needed\n" +
    "bogus-priv\n" +
    "<%_ if (it.domain !== '') { _%>\n" +
    "domain=<%= it.domain %>\n" +
    "<%_ } _%>\n" +
    "<%_ for (const zone of it.ownZones) { _%>\n" +
    "local=/<%= zone %>/\n" +
    "<%_ } _%>\n" +
    "\n" +
    "# Addresses for known interfaces alone, always the same: there is nothing to remember, and no file of leases.\n" +
    "leasefile-ro\n" +
    "dhcp-authoritative\n" +
    "dhcp-ignore=tag:!known\n" +
    "dhcp-ignore-names\n" +
    "dhcp-hostsfile=<%= it.leasesPath %>\n" +
    "<%_ for (const mac of it.noWayOut) { _%>\n" +
    "dhcp-mac=set:no-way-out,<%= mac %>\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.announces) { _%>\n" +
    "enable-ra\n" +
    "<%_ } _%>\n" +
    "<%_ for (const network of it.networks) { _%>\n" +
    "\n" +
    "# <%= this.comment(network.title) %>\n" +
    "dhcp-range=set:<%= network.tag %>,<%= network.ipv4 %>,static,<%= network.netmask %>,1h\n" +
    "<%_ if (network.gateway4 === '') { _%>\n" +
    "dhcp-option=tag:<%= network.tag %>,option:router\n" +
    "<%_ } else { _%>\n" +
    "dhcp-option=tag:<%= network.tag %>,tag:!no-way-out,option:router,<%= network.gateway4 %>\n" +
    "dhcp-option=tag:<%= network.tag %>,tag:no-way-out,option:router\n" +
    "<%_ } _%>\n" +
    "dhcp-option=tag:<%= network.tag %>,option:dns-server<% for (const server of network.dns4) { %>,<%= server %><% } %>\n" +
    "<%_ if (network.mtu !== '') { _%>\n" +
    "dhcp-option=tag:<%= network.tag %>,option:mtu,<%= network.mtu %>\n" +
    "<%_ } _%>\n" +
    "<%_ if (network.ipv6 !== '') { _%>\n" +
    "dhcp-range=set:<%= network.tag %>,<%= network.ipv6 %>,static<% if (network.isSlaac) { %>,slaac<% } %>,<%= network.length6 %>,1h\n" +
    "dhcp-option=tag:<%= network.tag %>,option6:dns-server<% for (const server of network.dns6) { %>,[<%= server %>]<% } %>\n" +
    "<%_ if (!network.isWayOut6) { _%>\n" +
    "ra-param=<%= network.link %>,600,0\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n",
  'dnsmasq/leases':
    "<%_ for (const line of it.header) { _%>\n" +
    "# <%= this.comment(line) %>\n" +
    "<%_ } _%>\n" +
    "<%_ for (const lease of it.leases) { _%>\n" +
    "<%= lease.mac %><% if (lease.ipv4 !== '') { %>,<%= lease.ipv4 %><% } %><% if (lease.ipv6 !== '') { %>,[<%= lease.ipv6 %>]<% } %>,<%= lease.name %>\n" +
    "<%_ } _%>\n",
  'ebuild/kernel':
    "# What needs which option of the kernel is what rc-lxc itself knows; `rc-lxc doctor` says which of them a description\n" +
    "# needs. None is fatal: a package may be built on another machine than it runs on.\n" +
    "CONFIG_CHECK=\"\n" +
    "<%_ for (const { name } of it.options) { _%>\n" +
    "\t~<%= this.word(name) %>\n" +
    "<%_ } _%>\n" +
    "\"\n" +
    "<%_ for (const { name, message: [first, ...rest] } of it.options) { _%>\n" +
    "ERROR_<%= this.word(name) %>=<%= first %>\n" +
    "<%_ for (const more of rest) { _%>\n" +
    "ERROR_<%= this.word(name) %>+=<%= more %>\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n",
  'ebuild/layout':
    "# Eclasses, licences, categories and profiles are those of Gentoo's own repository.\n" +
    "masters = gentoo\n" +
    "\n" +
    "thin-manifests = true\n" +
    "sign-manifests = false\n" +
    "manifest-hashes = BLAKE2B SHA512\n" +
    "manifest-required-hashes = BLAKE2B\n" +
    "cache-formats = md5-dict\n" +
    "eapis-banned = 0 1 2 3 4 5 6 7\n",
  'ebuild/lxc-containers.confd':
    "# Groups (lxc.group) whose containers are started, in order, with commas between them; an empty name stands for\n" +
    "# containers of no group.\n" +
    "#lxc_autostart_groups=\"onboot,\"\n" +
    "\n" +
    "# How many seconds a container gets to halt before it is killed.\n" +
    "#lxc_autostart_timeout=\"60\"\n",
  'ebuild/lxc-containers.initd':
    "#!/sbin/openrc-run\n" +
    "# Copyright 2026 The rc-lxc Authors\n" +
    "# Distributed under the terms of the GNU General Public License v2\n" +
    "# shellcheck disable=SC2034,SC2154 # OpenRC reads these variables, and sets others\n" +
    "\n" +
    "description=\"LXC containers whose configuration has lxc.start.auto = 1\"\n" +
    "\n" +
    ": \"${lxc_autostart_groups:=onboot,}\"\n" +
    ": \"${lxc_autostart_timeout:=60}\"\n" +
    "\n" +
    "depend() {\n" +
    "\tneed localmount\n" +
    "\tuse cgroups lxc-net lxcfs\n" +
    "\tafter bootmisc net firewall lxc-net rc-lxc-link rc-lxc-nft\n" +
    "\tkeyword -timeout\n" +
    "}\n" +
    "\n" +
    "start() {\n" +
    "\tebegin \"Starting LXC containers of the groups ${lxc_autostart_groups}\"\n" +
    "\tlxc-autostart -g \"$lxc_autostart_groups\"\n" +
    "\teend $? \"some did not start; lxc-ls -f shows which\"\n" +
    "}\n" +
    "\n" +
    "# Not all that run, as LXC's own script does: those of services lxc.NAME are for OpenRC to stop, in their order.\n" +
    "stop() {\n" +
    "\tebegin \"Stopping LXC containers that start by themselves\"\n" +
    "\tlxc-autostart -s -a -t \"$lxc_autostart_timeout\"\n" +
    "\teend $?\n" +
    "}\n",
  'ebuild/lxc-net.initd':
    "#!/sbin/openrc-run\n" +
    "# Copyright 2026 The rc-lxc Authors\n" +
    "# Distributed under the terms of the GNU General Public License v2\n" +
    "# shellcheck disable=SC2034 # OpenRC reads these variables\n" +
    "\n" +
    "description=\"LXC's own bridge, lxcbr0; settings in /etc/default/lxc-net\"\n" +
    "\n" +
    "# Containers come after their networks and before them on the way down, whoever starts them: services lxc.NAME say the\n" +
    "# same of lxc-net.\n" +
    "depend() {\n" +
    "\tneed localmount\n" +
    "\tuse dns logger\n" +
    "\tafter bootmisc net firewall rc-lxc-nft\n" +
    "\tbefore lxc-containers\n" +
    "}\n" +
    "\n" +
    "# LXC's script is content with making none.\n" +
    "bridge_is_there() (\n" +
    "\tLXC_BRIDGE=lxcbr0\n" +
    "\tfor settings in /etc/default/lxc /etc/default/lxc-net; do\n" +
    "\t\t# shellcheck disable=SC1090 # the same files as LXC's script reads\n" +
    "\t\t[ ! -r \"$settings\" ] || . \"$settings\"\n" +
    "\tdone\n" +
    "\t[ -d \"/sys/class/net/$LXC_BRIDGE\" ]\n" +
    ")\n" +
    "\n" +
    "start() {\n" +
    "\tebegin \"Starting LXC's bridge\"\n" +
    "\t/usr/libexec/lxc/lxc-net start && bridge_is_there\n" +
    "\teend $? \"there is no bridge: USE_LXC_BRIDGE=\\\"true\\\" in /etc/default/lxc-net asks for one\"\n" +
    "}\n" +
    "\n" +
    "stop() {\n" +
    "\tebegin \"Stopping LXC's bridge\"\n" +
    "\t/usr/libexec/lxc/lxc-net stop\n" +
    "\teend $?\n" +
    "}\n",
  'ebuild/lxc.confd':
    "# Settings for every service lxc.NAME; /etc/conf.d/lxc.NAME has the last word. /etc/conf.d/rc-lxc explains each.\n" +
    "#lxc_stop_timeout=\"60\"\n",
  'ebuild/lxc':
    "# Copyright 2026 Gentoo Authors\n" +
    "# Distributed under the terms of the GNU General Public License v2\n" +
    "\n" +
    "EAPI=8\n" +
    "\n" +
    "<%_ if (it.live) { _%>\n" +
    "inherit git-r3 linux-info meson optfeature shell-completion\n" +
    "<%_ } else { _%>\n" +
    "inherit linux-info meson optfeature shell-completion verify-sig\n" +
    "<%_ if (it.upstream !== undefined) { _%>\n" +
    "\n" +
    "MY_P=\"${PN}-<%= this.version(it.upstream) %>\"\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "\n" +
    "DESCRIPTION=<%= it.description %>\n" +
    "HOMEPAGE=<%= it.homepage %>\n" +
    "<%_ if (it.live) { _%>\n" +
    "EGIT_REPO_URI=\"https://github.com/lxc/lxc.git\"\n" +
    "<%_ } else { _%>\n" +
    "SRC_URI=\"\n" +
    "\thttps://linuxcontainers.org/downloads/lxc/<%= it.p %>.tar.gz\n" +
    "\tverify-sig? ( https://linuxcontainers.org/downloads/lxc/<%= it.p %>.tar.gz.asc )\n" +
    "\"\n" +
    "<%_ } _%>\n" +
    "<%_ if (!it.live && it.upstream !== undefined) { _%>\n" +
    "S=\"${WORKDIR}/${MY_P}\"\n" +
    "<%_ } _%>\n" +
    "\n" +
    "LICENSE=\"GPL-2 LGPL-2.1 LGPL-3\"\n" +
    "# The number in liblxc.so's name, and the release that last changed its interface.\n" +
    "SLOT=\"<%= this.word(it.slot) %>\"\n" +
    "<%_ if (!it.live) { _%>\n" +
    "KEYWORDS=\"~amd64 ~arm ~arm64 ~ppc64 ~riscv ~x86\"\n" +
    "<%_ } _%>\n" +
    "IUSE=\"apparmor +caps<% if (it.apiDocs) { %> doc<% } %> examples io-uring<% if (it.landlock) { %> landlock<% } %> man pam +seccomp selinux ssl test +tools\"\n" +
    "<%_ if (it.landlock) { _%>\n" +
    "REQUIRED_USE=\"landlock? ( seccomp )\"\n" +
    "<%_ } _%>\n" +
    "RESTRICT=\"!test? ( test )\"\n" +
    "\n" +
    "COMMON_DEPEND=\"\n" +
    "\tapparmor? ( sys-libs/libapparmor )\n" +
    "\tcaps? ( sys-libs/libcap )\n" +
    "\tio-uring? ( >=sys-libs/liburing-2:= )\n" +
    "\tpam? ( sys-libs/pam )\n" +
    "\tseccomp? ( sys-libs/libseccomp )\n" +
    "\tselinux? ( sys-libs/libselinux )\n" +
    "\tssl? ( dev-libs/openssl:0= )\n" +
    "\ttools? ( sys-libs/libcap )\n" +
    "\"\n" +
    "RDEPEND=\"\n" +
    "\t${COMMON_DEPEND}\n" +
    "\tacct-group/lxc\n" +
    "\tacct-user/lxc\n" +
    "\tapp-containers/rc-lxc\n" +
    "\tsys-apps/openrc\n" +
    "\"\n" +
    "# init.lxc.static, which is put into containers, is linked with the static libcap.\n" +
    "DEPEND=\"\n" +
    "\t${COMMON_DEPEND}\n" +
    "\tsys-kernel/linux-headers\n" +
    "\tcaps? ( sys-libs/libcap[static-libs] )\n" +
    "\ttools? ( sys-libs/libcap[static-libs] )\n" +
    "\"\n" +
    "BDEPEND=\"\n" +
    "\tvirtual/pkgconfig\n" +
    "<%_ if (it.apiDocs) { _%>\n" +
    "\tdoc? ( app-text/doxygen )\n" +
    "<%_ } _%>\n" +
    "\tman? ( app-text/docbook2X )\n" +
    "<%_ if (!it.live) { _%>\n" +
    "\tverify-sig? ( sec-keys/openpgp-keys-linuxcontainers )\n" +
    "<%_ } _%>\n" +
    "\"\n" +
    "<%_ if (!it.live) { _%>\n" +
    "\n" +
    "VERIFY_SIG_OPENPGP_KEY_PATH=\"/usr/share/openpgp-keys/linuxcontainers.asc\"\n" +
    "<%_ } _%>\n" +
    "\n" +
    "<%= it.kernel %>\n" +
    "pkg_setup() {\n" +
    "\tlinux-info_pkg_setup\n" +
    "}\n" +
    "\n" +
    "src_configure() {\n" +
    "\t# One binary for all tools would be called lxc, as LXD's client is. With the services, which ours replace, comes what\n" +
    "\t# they run: lxc-net and lxc-containers in /usr/libexec/lxc. State directories are ours.\n" +
    "\tlocal emesonargs=(\n" +
    "\t\t--localstatedir=\"${EPREFIX}/var\"\n" +
    "\t\t-Dcommands=true\n" +
    "\t\t-Dcoverity-build=false\n" +
    "\t\t-Ddata-path=\"${EPREFIX}/var/lib/lxc\"\n" +
    "\t\t-Ddbus=false\n" +
    "\t\t-Ddistrosysconfdir=default\n" +
    "\t\t-Ddoc-path=\"${EPREFIX}/usr/share/doc/${PF}\"\n" +
    "\t\t-Dinit-script=sysvinit\n" +
    "\t\t-Dinstall-init-files=true\n" +
    "\t\t-Dinstall-state-dirs=false\n" +
    "\t\t-Dlog-path=\"${EPREFIX}/var/log/lxc\"\n" +
    "\t\t-Dmemfd-rexec=true\n" +
    "\t\t-Doss-fuzz=false\n" +
    "\t\t-Drootfs-mount-path=\"${EPREFIX}/var/lib/lxc/rootfs\"\n" +
    "\t\t-Druntime-path=\"${EPREFIX}/run\"\n" +
    "\t\t-Dspecfile=false\n" +
    "\t\t-Dthread-safety=true\n" +
    "\t\t-Dtools-multicall=false\n" +
    "\t\t$(meson_use apparmor)\n" +
    "<%_ if (it.apiDocs) { _%>\n" +
    "\t\t$(meson_use doc api-docs)\n" +
    "<%_ } _%>\n" +
    "\t\t$(meson_use examples)\n" +
    "\t\t$(meson_use io-uring io-uring-event-loop)\n" +
    "<%_ if (it.landlock) { _%>\n" +
    "\t\t$(meson_use landlock landlock-monitor)\n" +
    "<%_ } _%>\n" +
    "\t\t$(meson_use man)\n" +
    "\t\t$(meson_use pam pam-cgroup)\n" +
    "\t\t$(meson_use seccomp)\n" +
    "\t\t$(meson_use selinux)\n" +
    "\t\t$(meson_use ssl openssl)\n" +
    "\t\t$(meson_use test tests)\n" +
    "\t\t$(meson_use tools)\n" +
    "\t)\n" +
    "\t# The tools cannot be built without it.\n" +
    "\tif use caps || use tools; then\n" +
    "\t\temesonargs+=( -Dcapabilities=true )\n" +
    "\telse\n" +
    "\t\temesonargs+=( -Dcapabilities=false )\n" +
    "\tfi\n" +
    "\tmeson_src_configure\n" +
    "}\n" +
    "\n" +
    "src_install() {\n" +
    "\tmeson_src_install\n" +
    "\n" +
    "\t# All commands have their completion in one file, whose name LXD's has too. bash looks for the command's name.\n" +
    "\tlocal completions name\n" +
    "\tcompletions=\"${D}$(get_bashcompdir)\"\n" +
    "\tif [[ -e ${completions}/_lxc ]]; then\n" +
    "\t\tmv \"${completions}/_lxc\" \"${completions}/lxc-start\" || die\n" +
    "\t\tfor name in \"${completions}\"/lxc-*; do\n" +
    "\t\t\t[[ ! -L ${name} ]] || ln -snf lxc-start \"${name}\" || die\n" +
    "\t\tdone\n" +
    "\tfi\n" +
    "\n" +
    "\tnewinitd \"${FILESDIR}/lxc-net.initd\" lxc-net\n" +
    "\tnewinitd \"${FILESDIR}/lxc-containers.initd\" lxc-containers\n" +
    "\tnewconfd \"${FILESDIR}/lxc-containers.confd\" lxc-containers\n" +
    "\tnewconfd \"${FILESDIR}/lxc.confd\" lxc\n" +
    "\tdosym rc-lxc /etc/init.d/lxc\n" +
    "\n" +
    "\tkeepdir /var/lib/lxc /var/log/lxc\n" +
    "\tfind \"${ED}\" -name '*.la' -delete || die\n" +
    "}\n" +
    "\n" +
    "pkg_postinst() {\n" +
    "\telog \"Containers are OpenRC services named lxc.NAME: one by one by \\`ln -s lxc /etc/init.d/lxc.NAME\\`,\"\n" +
    "\telog \"or all of a host described in one file, for which see rc-lxc(8).\"\n" +
    "\toptfeature \"making containers of other distributions\" app-containers/distrobuilder app-containers/lxc-templates\n" +
    "\toptfeature \"making containers of Debian and Ubuntu\" dev-util/debootstrap\n" +
    "\toptfeature \"checkpoints of containers\" sys-process/criu\n" +
    "\toptfeature \"addresses by lxc-net\" net-dns/dnsmasq\n" +
    "}\n",
  'ebuild/metadata':
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
    "<!DOCTYPE pkgmetadata SYSTEM \"https://www.gentoo.org/dtd/metadata.dtd\">\n" +
    "<pkgmetadata>\n" +
    "\t<!-- maintainer-needed -->\n" +
    "\t<longdescription lang=\"en\"><%= it.longdescription %></longdescription>\n" +
    "\t<use>\n" +
    "<%_ for (const flag of it.flags) { _%>\n" +
    "\t\t<flag name=\"<%= flag.name %>\"><%= flag.text %></flag>\n" +
    "<%_ } _%>\n" +
    "\t</use>\n" +
    "<%_ if (it.github !== undefined) { _%>\n" +
    "\t<upstream>\n" +
    "\t\t<remote-id type=\"github\"><%= it.github %></remote-id>\n" +
    "\t</upstream>\n" +
    "<%_ } _%>\n" +
    "</pkgmetadata>\n",
  'ebuild/news':
    "Title: OpenRC services of LXC come from rc-lxc\n" +
    "Author: The rc-lxc Authors <rc-lxc@rc-lxc.invalid>\n" +
    "Posted: <%= it.posted %>\n" +
    "Revision: 1\n" +
    "News-Item-Format: 2.0\n" +
    "Display-If-Installed: app-containers/lxc\n" +
    "\n" +
    "app-containers/lxc of this overlay no longer brings a script of its own\n" +
    "as /etc/init.d/lxc. It is a link to /etc/init.d/rc-lxc now, which\n" +
    "app-containers/rc-lxc installs. What changes:\n" +
    "\n" +
    "* Services are named lxc.NAME, as before: links to /etc/init.d/lxc go\n" +
    "  on working. A start now waits until the container runs, `status`\n" +
    "  tells the truth when a container died, and a stop sends the signal\n" +
    "  that the container's init halts on.\n" +
    "\n" +
    "* Of the variables in /etc/conf.d/lxc.NAME that the old script read,\n" +
    "  CONFIGFILE still is; CONTAINER and LOGFILE are not.\n" +
    "  /etc/conf.d/rc-lxc explains those that are.\n" +
    "\n" +
    "* lxc-net and lxc-containers can be executed and are in one order with\n" +
    "  the containers: the bridge first, then containers. lxc-containers\n" +
    "  leaves containers alone that a service lxc.NAME runs; it starts and\n" +
    "  stops those whose configuration has lxc.start.auto = 1.\n" +
    "\n" +
    "* LXC 7 knows control groups of version 2 alone. Before it comes,\n" +
    "  /etc/rc.conf must have rc_cgroup_mode=\"unified\".\n" +
    "\n" +
    "Where you had edited the old scripts, Portage keeps yours: take over\n" +
    "the new ones by dispatch-conf or etc-update. Then, before the next\n" +
    "boot, for each container:\n" +
    "\n" +
    "  rc-service lxc.NAME checkconfig\n" +
    "\n" +
    "To describe all of them in one file instead, see\n" +
    "rc-lxc(8) and rc-lxc.ini(5).\n",
  'ebuild/rc-lxc':
    "# Copyright 2026 Gentoo Authors\n" +
    "# Distributed under the terms of the GNU General Public License v2\n" +
    "\n" +
    "EAPI=8\n" +
    "\n" +
    "<%_ if (it.live) { _%>\n" +
    "inherit git-r3 linux-info optfeature shell-completion\n" +
    "<%_ } else { _%>\n" +
    "inherit linux-info optfeature shell-completion\n" +
    "<%_ if (it.upstream !== undefined) { _%>\n" +
    "\n" +
    "MY_P=\"${PN}-<%= this.version(it.upstream) %>\"\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "\n" +
    "DESCRIPTION=<%= it.description %>\n" +
    "HOMEPAGE=<%= it.homepage %>\n" +
    "<%_ if (it.live) { _%>\n" +
    "# Where it is kept is for its user to say, in make.conf or package.env; this is where a clone of it would lie. Or\n" +
    "# RC_LXC_TARBALL names what `make dist` made elsewhere, and nothing is fetched.\n" +
    "EGIT_REPO_URI=\"${RC_LXC_REPO_URI:-file:///usr/src/rc-lxc}\"\n" +
    "<%_ } else if (it.source === undefined) { _%>\n" +
    "SRC_URI=\"<%= it.p %>.tar.gz\"\n" +
    "<%_ } else { _%>\n" +
    "SRC_URI=\"<%= this.word(it.source) %>/<%= it.p %>.tar.gz\"\n" +
    "<%_ } _%>\n" +
    "<%_ if (!it.live && it.upstream !== undefined) { _%>\n" +
    "S=\"${WORKDIR}/${MY_P}\"\n" +
    "<%_ } _%>\n" +
    "\n" +
    "# Of the program, and of the packages bundled with it.\n" +
    "LICENSE=\"<%= this.words(it.licences) %>\"\n" +
    "SLOT=\"0\"\n" +
    "<%_ if (!it.live) { _%>\n" +
    "KEYWORDS=\"~amd64 ~arm ~arm64 ~ppc64 ~riscv ~x86\"\n" +
    "<%_ } _%>\n" +
    "IUSE=\"doc lab test\"\n" +
    "<%_ if (!it.live && it.source === undefined) { _%>\n" +
    "RESTRICT=\"fetch !test? ( test )\"\n" +
    "<%_ } else { _%>\n" +
    "RESTRICT=\"!test? ( test )\"\n" +
    "<%_ } _%>\n" +
    "\n" +
    "# The lab also runs /usr/bin/python3, which is there wherever Portage is.\n" +
    "RDEPEND=\"\n" +
    "\tnet-firewall/nftables\n" +
    "\t>=net-libs/nodejs-20\n" +
    "\tsys-apps/iproute2\n" +
    "\tsys-apps/openrc\n" +
    "\tlab? (\n" +
    "\t\tsys-apps/busybox[static]\n" +
    "\t\t>=sys-apps/util-linux-2.36[caps]\n" +
    "\t)\n" +
    "\"\n" +
    "<%_ if (it.live) { _%>\n" +
    "BDEPEND=\">=net-libs/nodejs-22.18[npm]\"\n" +
    "<%_ } else { _%>\n" +
    "BDEPEND=\"test? ( >=net-libs/nodejs-20 )\"\n" +
    "<%_ } _%>\n" +
    "# LXC of this overlay has /etc/init.d/lxc, a link to a script of this package, and so comes after it.\n" +
    "PDEPEND=\">=app-containers/lxc-<%= this.word(it.oldestLxc) %>\"\n" +
    "\n" +
    "<%= it.kernel %>\n" +
    "<%_ if (!it.live && it.source === undefined) { _%>\n" +
    "pkg_nofetch() {\n" +
    "\teinfo \"${A} is made, not downloaded. In a clone of rc-lxc's repository, with Node, npm and a network:\"\n" +
    "\teinfo \"    git checkout v<%= this.version(it.release) %> && make dist\"\n" +
    "\teinfo \"    cp release/${A} \\\"\\$(portageq envvar DISTDIR)\\\"\"\n" +
    "\teinfo \"It is the same bytes wherever it is made, and the Manifest says which: what has changed since that\"\n" +
    "\teinfo \"release gives another file. For that there is =${CATEGORY}/${PN}-9999.\"\n" +
    "}\n" +
    "\n" +
    "<%_ } _%>\n" +
    "pkg_setup() {\n" +
    "\tif use lab; then\n" +
    "<%_ for (const { name, message: [first, ...rest] } of it.labOptions) { _%>\n" +
    "\t\tCONFIG_CHECK+=\" ~<%= this.word(name) %>\"\n" +
    "\t\tlocal ERROR_<%= this.word(name) %>=<%= first %>\n" +
    "<%_ for (const more of rest) { _%>\n" +
    "\t\tERROR_<%= this.word(name) %>+=<%= more %>\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "\tfi\n" +
    "\tlinux-info_pkg_setup\n" +
    "}\n" +
    "<%_ if (it.live) { _%>\n" +
    "\n" +
    "# The packages that its build needs come from npm; later phases have no network.\n" +
    "src_unpack() {\n" +
    "\tif [[ -n ${RC_LXC_TARBALL} ]]; then\n" +
    "\t\tmkdir -p \"${S}\" || die\n" +
    "\t\ttar -C \"${S}\" --strip-components=1 -xf \"${RC_LXC_TARBALL}\" ||\n" +
    "\t\t\tdie \"RC_LXC_TARBALL must name a file that Portage's user can read\"\n" +
    "\telse\n" +
    "\t\t[[ -n ${RC_LXC_REPO_URI} || -d /usr/src/rc-lxc ]] ||\n" +
    "\t\t\tewarn \"RC_LXC_REPO_URI names rc-lxc's repository, or RC_LXC_TARBALL what \\`make dist\\` made of it\"\n" +
    "\t\t# git reads nothing that belongs to somebody else, unless told; here whoever set the variable has.\n" +
    "\t\tif [[ ${EGIT_REPO_URI} == file://* ]]; then\n" +
    "\t\t\tgit config --global --add safe.directory \"${EGIT_REPO_URI#file://}\" || die\n" +
    "\t\t\tgit config --global --add safe.directory \"${EGIT_REPO_URI#file://}/.git\" || die\n" +
    "\t\tfi\n" +
    "\t\tgit-r3_src_unpack\n" +
    "\t\temake -C \"${S}\" deps\n" +
    "\tfi\n" +
    "}\n" +
    "<%_ } _%>\n" +
    "\n" +
    "<%_ if (it.live) { _%>\n" +
    "src_compile() {\n" +
    "\temake\n" +
    "}\n" +
    "<%_ } else { _%>\n" +
    "# It is compiled already: plain JavaScript and shell.\n" +
    "src_compile() { :; }\n" +
    "<%_ } _%>\n" +
    "\n" +
    "src_test() {\n" +
    "\temake check\n" +
    "}\n" +
    "\n" +
    "src_install() {\n" +
    "\temake install \\\n" +
    "\t\tDESTDIR=\"${D}\" \\\n" +
    "\t\tPREFIX=\"${EPREFIX}/usr\" \\\n" +
    "\t\tSYSCONFDIR=\"${EPREFIX}/etc\" \\\n" +
    "\t\tDOCDIR=\"${EPREFIX}/usr/share/doc/${PF}\" \\\n" +
    "\t\tBASHCOMPDIR=\"$(get_bashcompdir)\" \\\n" +
    "\t\tZSHCOMPDIR=\"$(get_zshcompdir)\" \\\n" +
    "\t\tDOC=\"$(usex doc)\" \\\n" +
    "\t\tLAB=\"$(usex lab)\"\n" +
    "\tdocompress -x \"/usr/share/doc/${PF}/examples\"\n" +
    "}\n" +
    "\n" +
    "pkg_postinst() {\n" +
    "\tif [[ -z ${REPLACING_VERSIONS} ]]; then\n" +
    "\t\telog \"One file describes the host: ${EROOT}/etc/rc-lxc/host.ini. An example to start from is\"\n" +
    "\t\telog \"${EROOT}/usr/share/doc/${PF}/examples/excelsior/host.ini; \\`rc-lxc check\\` and \\`rc-lxc plan\\`\"\n" +
    "\t\telog \"say what it would do, and \\`rc-lxc apply\\` does it.\"\n" +
    "\tfi\n" +
    "\toptfeature \"networks with dhcp = yes\" net-dns/dnsmasq\n" +
    "\toptfeature \"links = netifrc\" net-misc/netifrc\n" +
    "\toptfeature \"containers with a user namespace that root's subordinate ids map\" sys-apps/shadow\n" +
    "\tif use lab; then\n" +
    "\t\toptfeature \"rc-lxc lab --vm\" app-emulation/qemu\n" +
    "\tfi\n" +
    "}\n",
  'host/lines':
    "<%_ for (const line of it.header) { _%>\n" +
    "# <%= this.comment(line) %>\n" +
    "<%_ } _%>\n" +
    "<%_ for (const line of it.lines) { _%>\n" +
    "<%= line %>\n" +
    "<%_ } _%>\n",
  'host/resolv':
    "<%_ for (const line of it.header) { _%>\n" +
    "# <%= this.comment(line) %>\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.domain !== '') { _%>\n" +
    "search <%= it.domain %>\n" +
    "<%_ } _%>\n" +
    "<%_ for (const server of it.servers) { _%>\n" +
    "nameserver <%= server %>\n" +
    "<%_ } _%>\n",
  'link/netifrc':
    "<%_ for (const line of it.header) { _%>\n" +
    "# <%= this.comment(line) %>\n" +
    "<%_ } _%>\n" +
    "\n" +
    "<%_ for (const setting of it.settings) { _%>\n" +
    "<%= this.word(setting.name) %>=<%= setting.value %>\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.postup.length > 0) { _%>\n" +
    "\n" +
    "# What netifrc has no setting for. A bridge that it has made anew gets its running containers back.\n" +
    "postup() {\n" +
    "\t(. /etc/init.d/rc-lxc-link<% for (const name of it.postup) { %> && <%= this.word(name) %> \"${IFACE}\"<% } %>)\n" +
    "}\n" +
    "<%_ } _%>\n",
  'nftables/arp':
    "\n" +
    "# What containers without a bridge say in ARP.\n" +
    "table arp rc-lxc {\n" +
    "}\n" +
    "delete table arp rc-lxc\n" +
    "table arp rc-lxc {\n" +
    "<%= it.sets %>\n" +
    "\n" +
    "\tchain input {\n" +
    "\t\ttype filter hook input priority filter; policy accept;\n" +
    "\t\tiifname @routed_ports goto from_port\n" +
    "\t}\n" +
    "\n" +
    "\tchain from_port {\n" +
    "\t\tiifname . arp saddr ether . arp saddr ip @arp_senders accept\n" +
    "\t\tarp saddr ip 0.0.0.0 accept\n" +
    "\t\tdrop\n" +
    "\t}\n" +
    "}\n",
  'nftables/bridge':
    "\n" +
    "# What passes the bridges: who sends as whom, and what containers of one bridge may send each other.\n" +
    "table bridge rc-lxc {\n" +
    "}\n" +
    "delete table bridge rc-lxc\n" +
    "table bridge rc-lxc {\n" +
    "<%= it.sets %>\n" +
    "\n" +
    "\t# Ahead of the bridge's own look at the sender, which would send the victim's frames to who took its MAC.\n" +
    "\tchain prerouting {\n" +
    "\t\ttype filter hook prerouting priority -300; policy accept;\n" +
    "<%_ if (it.checks) { _%>\n" +
    "\t\tiifname @<%= this.name(it.checked) %> goto from_port\n" +
    "<%_ if (it.unchecked) { _%>\n" +
    "\t\tiifname @port_names accept\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('port_addresses4')) { _%>\n" +
    "\t\tip saddr @port_addresses4 goto dropped_packet\n" +
    "\t\tarp saddr ip @port_addresses4 goto dropped_packet\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('port_addresses6')) { _%>\n" +
    "\t\tip6 saddr @port_addresses6 goto dropped_packet\n" +
    "<%_ } _%>\n" +
    "<%_ for (const wire of it.wires) { _%>\n" +
    "<%_ for (const family of ['4', '6']) { _%>\n" +
    "<%_ const set = `wire_addresses${family}_${wire.network}`; _%>\n" +
    "<%_ if (it.has(set)) { _%>\n" +
    "\t\t<%= this.plain(`iifname != ${wire.others} ${family === '4' ? 'ip' : 'ip6'} saddr`) %> @<%= this.name(set) %> goto dropped_packet\n" +
    "<%_ if (family === '4') { _%>\n" +
    "\t\t<%= this.plain(`iifname != ${wire.others}`) %> arp saddr ip @<%= this.name(set) %> goto dropped_packet\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "\t}\n" +
    "<%_ if (it.checks) { _%>\n" +
    "\n" +
    "\tchain from_port {\n" +
    "\t\tether type { 8021q, 8021ad } goto dropped_packet\n" +
    "\t\t# Frames for the bridges themselves: spanning tree, LLDP and the like (IEEE 802.1D, table 7-10).\n" +
    "\t\tether daddr 01:80:c2:00:00:00-01:80:c2:00:00:0f goto dropped_packet\n" +
    "\t\tiifname . ether saddr != @port_macs goto dropped_packet\n" +
    "\t\tgoto from_protocol\n" +
    "\t}\n" +
    "<%= it.sources %>\n" +
    "\t# What the container has not been given as an address gets nothing.\n" +
    "\tchain to_port {\n" +
    "\t\tether daddr & 01:00:00:00:00:00 == 01:00:00:00:00:00 goto to_group\n" +
    "\t\tmeta protocol != { ip, ip6 } return\n" +
    "\t\toifname . ether daddr != @port_macs goto dropped_packet\n" +
    "<%_ if (it.has('source_addresses4')) { _%>\n" +
    "\t\toifname . ip daddr @source_addresses4 return\n" +
    "<%_ } _%>\n" +
    "\t\toifname . ip6 daddr @source_addresses6 return\n" +
    "\t\tgoto dropped_packet\n" +
    "\t}\n" +
    "\n" +
    "\tchain to_group {\n" +
    "\t\tmeta protocol != { ip, ip6 } return\n" +
    "\t\tip daddr { 224.0.0.0/4, 255.255.255.255 } return\n" +
    "<%_ if (it.has('broadcast_addresses')) { _%>\n" +
    "\t\tip daddr @broadcast_addresses return\n" +
    "<%_ } _%>\n" +
    "\t\tip6 daddr ff00::/8 return\n" +
    "\t\tgoto dropped_packet\n" +
    "\t}\n" +
    "\n" +
    "\tchain input {\n" +
    "\t\ttype filter hook input priority -200; policy accept;\n" +
    "\t\tiifname @<%= this.name(it.checked) %> ether daddr 01:80:c2:00:00:00-01:80:c2:00:00:0f goto dropped_packet\n" +
    "\t}\n" +
    "<%_ } _%>\n" +
    "\n" +
    "\tchain forward {\n" +
    "\t\ttype filter hook forward priority -200; policy accept;\n" +
    "\t\tiifname @port_names goto between_ports\n" +
    "\t\toifname @port_names goto between_ports\n" +
    "\t}\n" +
    "\n" +
    "\tchain between_ports {\n" +
    "<%_ if (it.has('isolated_ports')) { _%>\n" +
    "\t\tiifname @isolated_ports oifname @isolated_ports goto dropped_packet\n" +
    "<%_ } _%>\n" +
    "\t\t# Addresses are asked of the host and given by it, nobody else.\n" +
    "\t\tiifname @port_names udp dport { 67, 547 } drop\n" +
    "<%_ if (it.has('dhcp_ports')) { _%>\n" +
    "\t\toifname @dhcp_ports udp dport 68 drop\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.checks) { _%>\n" +
    "\t\toifname @<%= this.name(it.checked) %> jump to_port\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('in_limited')) { _%>\n" +
    "\t\toifname @in_limited ether daddr & 01:00:00:00:00:00 == 01:00:00:00:00:00 jump group_to_limited\n" +
    "<%_ } _%>\n" +
    "\t\tmeta protocol vmap { ip : goto judge_ip4, ip6 : goto judge_ip6 }\n" +
    "\t}\n" +
    "\n" +
    "\tchain output {\n" +
    "\t\ttype filter hook output priority -200; policy accept;\n" +
    "<%_ if (it.checks) { _%>\n" +
    "\t\toifname @<%= this.name(it.checked) %> jump to_port\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('in_limited')) { _%>\n" +
    "<%_ if (it.has('dhcp_ports')) { _%>\n" +
    "\t\toifname @dhcp_ports udp sport 67 udp dport 68 accept\n" +
    "<%_ } _%>\n" +
    "\t\toifname @in_limited ether daddr & 01:00:00:00:00:00 == 01:00:00:00:00:00 jump group_to_limited\n" +
    "<%_ } _%>\n" +
    "\t}\n" +
    "<%_ if (it.has('in_limited')) { _%>\n" +
    "\n" +
    "\t# Multicasts and broadcasts name no container: where allow-in is written, `any` lets them in. They are many: not counted.\n" +
    "\tchain group_to_limited {\n" +
    "\t\tmeta protocol != { ip, ip6 } return\n" +
    "\t\tmeta l4proto igmp return\n" +
    "\t\ticmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert, mld-listener-query, mld-listener-report, mld-listener-done, mld2-listener-report } return\n" +
    "<%_ if (it.has('in_group_all')) { _%>\n" +
    "\t\toifname @in_group_all return\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('in_group_udp')) { _%>\n" +
    "\t\tmeta l4proto udp oifname . th dport @in_group_udp return\n" +
    "<%_ } _%>\n" +
    "\t\tdrop\n" +
    "\t}\n" +
    "<%_ } _%>\n" +
    "<%= it.judge4 %><%= it.judge6 %><%= it.chains %>\n" +
    "\tchain dropped_packet {\n" +
    "<%_ for (const rule of it.counting) { _%>\n" +
    "\t\t<%= this.plain(rule) %>\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.log) { _%>\n" +
    "\t\tupdate @logged_lately { iifname . oifname limit rate 2/second burst 10 packets } log prefix \"rc-lxc: \"\n" +
    "<%_ } _%>\n" +
    "\t\tdrop\n" +
    "\t}\n" +
    "}\n",
  'nftables/chains':
    "<%_ for (const chain of it.chains) { _%>\n" +
    "\n" +
    "<%_ for (const line of chain.comment) { _%>\n" +
    "\t# <%= this.comment(line) %>\n" +
    "<%_ } _%>\n" +
    "\tchain <%= this.name(chain.name) %> {\n" +
    "<%_ for (const line of chain.rules) { _%>\n" +
    "\t\t<%= this.plain(line) %>\n" +
    "<%_ } _%>\n" +
    "\t}\n" +
    "<%_ } _%>\n",
  'nftables/file':
    "<%_ for (const line of it.header) { _%>\n" +
    "# <%= this.comment(line) %>\n" +
    "<%_ } _%>\n" +
    "\n" +
    "# Loaded as one transaction: the old tables go and the new ones come, or nothing changes.\n" +
    "<%_ for (const table of it.tables) { _%>\n" +
    "<%= table %>\n" +
    "<%_ } _%>\n",
  'nftables/inet':
    "\n" +
    "# What the host forwards, gets from containers and sends to them.\n" +
    "table inet rc-lxc {\n" +
    "}\n" +
    "delete table inet rc-lxc\n" +
    "table inet rc-lxc {\n" +
    "<%= it.sets %>\n" +
    "<%_ if (it.placed || it.has('routed_ports')) { _%>\n" +
    "\n" +
    "\t# A container's address comes from where that container is.\n" +
    "\tchain prerouting {\n" +
    "\t\ttype filter hook prerouting priority raw; policy accept;\n" +
    "<%_ if (it.has('routed_ports')) { _%>\n" +
    "\t\tiifname @routed_ports goto from_port\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('placed_prefixes4')) { _%>\n" +
    "\t\tip saddr vmap @placed_prefixes4\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('placed_prefixes6')) { _%>\n" +
    "\t\tip6 saddr vmap @placed_prefixes6\n" +
    "<%_ } _%>\n" +
    "\t}\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('routed_ports')) { _%>\n" +
    "\n" +
    "\tchain from_port {\n" +
    "\t\tiifname . ether saddr != @port_macs goto dropped_packet\n" +
    "\t\tgoto from_protocol\n" +
    "\t}\n" +
    "<%= it.sources %>\n" +
    "<%_ } _%>\n" +
    "<%_ for (const side of it.sides) { _%>\n" +
    "\n" +
    "\tchain <%= this.word(side.hook) %> {\n" +
    "\t\ttype filter hook <%= this.word(side.hook) %> priority filter; policy accept;\n" +
    "<%_ for (const family of side.hook === 'output' ? ['4', '6'] : []) { if (it.has(`handed_over${family}`)) { _%>\n" +
    "\t\toifname @link_names <%= this.plain(family === '4' ? 'ip' : 'ip6') %> saddr @handed_over<%= this.plain(family) %> goto from_driver\n" +
    "<%_ } } _%>\n" +
    "<%_ for (const one of side.families) { _%>\n" +
    "\t\t<%= this.plain(one.match) %> goto <%= this.name(one.chain) %>\n" +
    "<%_ } _%>\n" +
    "\t}\n" +
    "<%_ for (const one of side.families) { _%>\n" +
    "\n" +
    "\tchain <%= this.name(one.chain) %> {\n" +
    "\t\tct state established,related accept\n" +
    "<%_ if (one.family === 4) { _%>\n" +
    "\t\tmeta l4proto igmp accept\n" +
    "<%_ } else { _%>\n" +
    "\t\ticmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert, mld-listener-query, mld-listener-report, mld-listener-done, mld2-listener-report } accept\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('dhcp_links')) { _%>\n" +
    "\t\t<%= this.plain(one.dhcp) %> accept\n" +
    "<%_ } _%>\n" +
    "\t\tjump <%= this.name(one.question) %>\n" +
    "\t\tgoto dropped_packet\n" +
    "\t}\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('handed_over4') || it.has('handed_over6')) { _%>\n" +
    "\n" +
    "\t# What containers of an ipvlan send is not the host's, though it passes here as if it were.\n" +
    "\tchain from_driver {\n" +
    "\t\tct state established,related accept\n" +
    "\t\tgoto forwarded\n" +
    "\t}\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.forwards) { _%>\n" +
    "\n" +
    "\tchain forward {\n" +
    "\t\ttype filter hook forward priority filter; policy accept;\n" +
    "\t\tct state established,related accept\n" +
    "<%_ for (const family of ['4', '6']) { _%>\n" +
    "<%_ if (it.has(`isolated${family}_from`)) { _%>\n" +
    "\t\t<%= this.plain(family === '4' ? 'ip' : 'ip6') %> saddr vmap @isolated<%= this.plain(family) %>_from\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('link_names')) { _%>\n" +
    "\t\tiifname @link_names goto forwarded\n" +
    "\t\toifname @link_names goto forwarded\n" +
    "<%_ } _%>\n" +
    "<%_ for (const family of ['4', '6']) { _%>\n" +
    "<%_ if (it.has(`with_policy${family}`)) { _%>\n" +
    "\t\t<%= this.plain(family === '4' ? 'ip' : 'ip6') %> saddr @with_policy<%= this.plain(family) %> goto forwarded\n" +
    "\t\t<%= this.plain(family === '4' ? 'ip' : 'ip6') %> daddr @with_policy<%= this.plain(family) %> goto forwarded\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "\t}\n" +
    "\n" +
    "\tchain forwarded {\n" +
    "\t\t# Frames that stay on one bridge come by here too where net.bridge.bridge-nf-call-* is 1; the bridge's table has\n" +
    "\t\t# judged them. Nothing else has a link-local sender: the kernel forwards none.\n" +
    "\t\tip6 saddr fe80::/10 accept\n" +
    "\t\ticmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert, nd-redirect, mld-listener-query, mld-listener-report, mld-listener-done, mld2-listener-report } accept\n" +
    "<%_ if (it.has('guarded_links')) { _%>\n" +
    "\t\t# What cannot be followed would leave under the container's own address.\n" +
    "\t\tiifname @guarded_links oifname @uplink_names ct state invalid goto dropped_packet\n" +
    "<%_ } _%>\n" +
    "\t\tmeta nfproto vmap { ipv4 : jump allow_out4, ipv6 : jump allow_out6 }\n" +
    "\t\tgoto dropped_packet\n" +
    "\t}\n" +
    "<%_ for (const family of ['4', '6']) { _%>\n" +
    "<%_ const ip = family === '4' ? 'ip' : 'ip6'; _%>\n" +
    "\n" +
    "\t# Out of a network that has no way out there is one for those alone whose allow-out names the outside.\n" +
    "\tchain beyond<%= this.plain(`_link${family}`) %> {\n" +
    "<%_ if (it.has('inner_links')) { _%>\n" +
    "\t\tiifname . oifname @same_link goto allow_in<%= this.plain(family) %>\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('closed_links')) { _%>\n" +
    "\t\tiifname @closed_links <%= this.plain(ip) %> daddr != @container_addresses<%= this.plain(family) %> return\n" +
    "<%_ } _%>\n" +
    "\t\tgoto allow_in<%= this.plain(family) %>\n" +
    "\t}\n" +
    "\n" +
    "\tchain from_any<%= this.plain(`_link${family}`) %> {\n" +
    "<%_ if (it.has('closed_links')) { _%>\n" +
    "\t\tiifname . oifname @same_link accept\n" +
    "\t\toifname @closed_links <%= this.plain(ip) %> saddr != @container_addresses<%= this.plain(family) %> return\n" +
    "<%_ } _%>\n" +
    "\t\taccept\n" +
    "\t}\n" +
    "\n" +
    "\t# Where allow-in is not written: who is on the same bridge gets in, and from elsewhere nobody into an inner network.\n" +
    "\tchain unlimited<%= this.plain(`_in${family}`) %> {\n" +
    "<%_ if (it.has('inner_links')) { _%>\n" +
    "\t\tiifname . oifname @same_link accept\n" +
    "\t\toifname @inner_links return\n" +
    "<%_ } _%>\n" +
    "\t\taccept\n" +
    "\t}\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('masquerade_ipv4') || it.has('masquerade_ipv6')) { _%>\n" +
    "\n" +
    "\tchain postrouting {\n" +
    "\t\ttype nat hook postrouting priority srcnat; policy accept;\n" +
    "<%_ if (it.has('masquerade_ipv4')) { _%>\n" +
    "\t\toifname @uplink_names ip saddr @masquerade_ipv4 <% if (it.source4 === '') { %>masquerade<% } else { %>snat ip to <%= this.address(it.source4) %><% } %>\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('masquerade_ipv6')) { _%>\n" +
    "\t\toifname @uplink_names ip6 saddr @masquerade_ipv6 <% if (it.source6 === '') { %>masquerade<% } else { %>snat ip6 to <%= this.address(it.source6) %><% } %>\n" +
    "<%_ } _%>\n" +
    "\t}\n" +
    "<%_ } _%>\n" +
    "<%= it.chains %>\n" +
    "\tchain dropped_packet {\n" +
    "<%_ for (const rule of it.counting) { _%>\n" +
    "\t\t<%= this.plain(rule) %>\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.log) { _%>\n" +
    "\t\tupdate @logged_lately { iifname . oifname limit rate 2/second burst 10 packets } log prefix \"rc-lxc: \"\n" +
    "<%_ } _%>\n" +
    "\t\tdrop\n" +
    "\t}\n" +
    "}\n",
  'nftables/netdev':
    "<%_ for (const line of it.header) { _%>\n" +
    "# <%= this.comment(line) %>\n" +
    "<%_ } _%>\n" +
    "\n" +
    "# What containers send through <%= this.plain(it.parent) %> and get from it. Such a table goes with its card, and is loaded when that is there.\n" +
    "table netdev <%= this.plain(it.table) %> {\n" +
    "}\n" +
    "delete table netdev <%= this.plain(it.table) %>\n" +
    "table netdev <%= this.plain(it.table) %> {\n" +
    "<%= it.sets %>\n" +
    "\n" +
    "\tchain egress {\n" +
    "\t\ttype filter hook egress device <%= this.interface(it.parent) %> priority filter; policy accept;\n" +
    "\t\t# Who sends frames byte by byte tells the kernel what they are, and may tell it what they are not.\n" +
    "\t\t@ll,96,16 0x0800 meta protocol != ip goto dropped_packet\n" +
    "\t\t@ll,96,16 0x86dd meta protocol != ip6 goto dropped_packet\n" +
    "<%_ if (it.has('own_macs')) { _%>\n" +
    "\t\tether saddr @own_macs goto from_container\n" +
    "<%_ if (it.has('checked_addresses4')) { _%>\n" +
    "\t\tip saddr @checked_addresses4 goto dropped_packet\n" +
    "\t\tarp saddr ip @checked_addresses4 goto dropped_packet\n" +
    "<%_ } _%>\n" +
    "\t\tip6 saddr @checked_addresses6 goto dropped_packet\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('host_macs')) { _%>\n" +
    "\t\tether saddr @host_macs goto judge_packet\n" +
    "\t\t# Programs of the host's, such as virtual machines. From elsewhere it is root in a container, who made a card of its own.\n" +
    "\t\tmeta skuid != 4294967295 goto judge_packet\n" +
    "\t\tgoto dropped_packet\n" +
    "\t}\n" +
    "<%_ } else { _%>\n" +
    "<%_ for (const [family, ip] of [['4', 'ip'], ['6', 'ip6']]) { if (it.has(`host_flows${family}`)) { _%>\n" +
    "\t\t<%= this.plain(`${ip} saddr != @own_addresses${family} ${ip} daddr @with_policy${family} goto from_host${family}`) %>\n" +
    "<%_ } } _%>\n" +
    "\t\tmeta protocol vmap { ip : goto judge_ip4, ip6 : goto judge_ip6 }\n" +
    "\t}\n" +
    "<%_ } _%>\n" +
    "\n" +
    "\tchain ingress {\n" +
    "\t\ttype filter hook ingress device <%= this.interface(it.parent) %> priority filter; policy accept;\n" +
    "<%_ for (const [family, ip] of [['4', 'ip'], ['6', 'ip6']]) { if (it.has(`host_flows${family}`)) { _%>\n" +
    "\t\t<%= this.plain(`${ip} saddr . th sport . ${ip} daddr . th dport . meta l4proto @host_flows${family} accept`) %>\n" +
    "\t\t<%= this.plain(`meta l4proto != { tcp, udp } ${ip} saddr . ${ip} daddr . meta l4proto @host_packets${family} accept`) %>\n" +
    "<%_ } } _%>\n" +
    "\t\tmeta protocol vmap { ip : goto judge_ip4, ip6 : goto judge_ip6 }\n" +
    "\t}\n" +
    "<%_ if (it.has('own_macs')) { _%>\n" +
    "\n" +
    "\tchain from_container {\n" +
    "<%_ if (it.has('untagged_macs')) { _%>\n" +
    "\t\tether saddr @untagged_macs @ll,96,16 . meta protocol != { 0x0800 . ip, 0x86dd . ip6, 0x0806 . arp } goto dropped_packet\n" +
    "<%_ } _%>\n" +
    "\t\tether daddr 01:80:c2:00:00:00-01:80:c2:00:00:0f goto dropped_packet\n" +
    "<%_ if (it.vlans.length > 0) { _%>\n" +
    "\t\tether saddr @tagged_macs goto from_vlan\n" +
    "<%_ } _%>\n" +
    "\t\tgoto from_protocol\n" +
    "\t}\n" +
    "<%_ if (it.vlans.length > 0) { _%>\n" +
    "\n" +
    "\t# Root in a container can have its interface put no tag on what comes with one, and what the kernel takes for the packet\n" +
    "\t# begins elsewhere then. So the tag is looked at, and the sender where the packet is that follows one tag.\n" +
    "\tchain from_vlan {\n" +
    "\t\t@ll,96,16 != 0x8100 goto dropped_packet\n" +
    "<%_ for (const vlan of it.vlans) { _%>\n" +
    "\t\tether saddr @tagged<%= this.plain(vlan) %>_macs vlan id != <%= this.plain(vlan) %> goto dropped_packet\n" +
    "<%_ } _%>\n" +
    "\t\tmeta protocol vmap { arp : goto from_vlan_arp, ip : goto from_vlan_ip4, ip6 : goto from_vlan_ip6 }\n" +
    "\t\tgoto dropped_packet\n" +
    "\t}\n" +
    "\n" +
    "\tchain from_vlan_arp {\n" +
    "\t\t@ll,144,32 != 0x00010800 goto dropped_packet\n" +
    "\t\tgoto from_protocol\n" +
    "\t}\n" +
    "\n" +
    "\tchain from_vlan_ip4 {\n" +
    "<%_ if (it.has('tagged_addresses4')) { _%>\n" +
    "\t\t@ll,144,4 4 ether saddr . @ll,240,32 @tagged_addresses4 goto from_protocol\n" +
    "<%_ } _%>\n" +
    "\t\tgoto dropped_packet\n" +
    "\t}\n" +
    "\n" +
    "\tchain from_vlan_ip6 {\n" +
    "\t\tether saddr . @ll,208,128 @tagged_addresses6 goto from_protocol\n" +
    "\t\tgoto dropped_packet\n" +
    "\t}\n" +
    "<%_ } _%>\n" +
    "<%= it.sources %>\n" +
    "\tchain judge_packet {\n" +
    "\t\tmeta protocol vmap { ip : goto judge_ip4, ip6 : goto judge_ip6 }\n" +
    "\t}\n" +
    "<%_ } _%>\n" +
    "<%_ for (const [family, ip] of [['4', 'ip'], ['6', 'ip6']]) { if (it.has(`host_flows${family}`)) { _%>\n" +
    "\n" +
    "\t# What the host sends was judged by the table inet. It goes out, and the router outside sends it back.\n" +
    "\tchain from_host<%= this.plain(family) %> {\n" +
    "\t\t<%= this.plain(`meta l4proto { tcp, udp } update @host_flows${family} { ${ip} saddr . th sport . ${ip} daddr . th dport . meta l4proto } accept`) %>\n" +
    "\t\t<%= this.plain(`update @host_packets${family} { ${ip} saddr . ${ip} daddr . meta l4proto } accept`) %>\n" +
    "\t\taccept\n" +
    "\t}\n" +
    "<%_ } } _%>\n" +
    "<%= it.judge4 %><%= it.judge6 %><%= it.chains %>\n" +
    "\tchain dropped_packet {\n" +
    "<%_ for (const rule of it.counting) { _%>\n" +
    "\t\t<%= this.plain(rule) %>\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.log) { _%>\n" +
    "\t\tlimit rate 2/second burst 10 packets log prefix \"rc-lxc: \"\n" +
    "<%_ } _%>\n" +
    "\t\tdrop\n" +
    "\t}\n" +
    "}\n",
  'nftables/sets':
    "<%_ for (const set of it.sets) { _%>\n" +
    "\n" +
    "<%_ if (set.others.length > 0) { _%>\n" +
    "\t# The same elements are looked for as <%= this.comment(set.others.join(', ')) %>.\n" +
    "<%_ } _%>\n" +
    "\t<%= this.word(set.kind) %> <%= this.name(set.name) %> {\n" +
    "<%_ for (const line of set.declaration) { _%>\n" +
    "\t\t<%= this.plain(line) %>\n" +
    "<%_ } _%>\n" +
    "<%_ if (set.groups.length > 0) { _%>\n" +
    "\t\telements = {\n" +
    "<%_ for (const group of set.groups) { _%>\n" +
    "\t\t\t# <%= this.comment(group.comment) %>\n" +
    "<%_ for (const element of group.elements) { _%>\n" +
    "\t\t\t<%= this.plain(element) %>,\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "\t\t}\n" +
    "<%_ } _%>\n" +
    "\t}\n" +
    "<%_ } _%>\n",
  'nftables/sources':
    "<%_ const from = (field) => it.byMac ? `${field} . ${it.key}` : `${it.key} . ${field}`; _%>\n" +
    "\n" +
    "\t# What comes from a container: from its own MAC, as checked before, and from its own addresses.\n" +
    "\tchain from_protocol {\n" +
    "\t\tmeta protocol vmap { <% if (it.arpMac !== '') { %>arp : goto from_arp, <% } %>ip : goto from_ip4, ip6 : goto from_ip6 }\n" +
    "\t\tgoto dropped_packet\n" +
    "\t}\n" +
    "<%_ if (it.arpMac !== '') { _%>\n" +
    "\n" +
    "\t# Both addresses of an ARP message are its own, in a request for detecting duplicates (RFC 5227) what it asks for.\n" +
    "\tchain from_arp {\n" +
    "<%_ if (it.has('source_addresses4')) { _%>\n" +
    "\t\t<%= this.plain(it.arpMac) %> goto dropped_packet\n" +
    "\t\t<%= this.plain(from('arp saddr ip')) %> @source_addresses4 <%= this.plain(it.pass) %>\n" +
    "\t\tarp saddr ip 0.0.0.0 <%= this.plain(from('arp daddr ip')) %> @source_addresses4 <%= this.plain(it.pass) %>\n" +
    "<%_ } _%>\n" +
    "\t\tgoto dropped_packet\n" +
    "\t}\n" +
    "<%_ } _%>\n" +
    "\n" +
    "\tchain from_ip4 {\n" +
    "<%_ if (it.has('dhcp_ports')) { _%>\n" +
    "\t\tiifname @dhcp_ports ip saddr 0.0.0.0 udp sport 68 udp dport 67 accept\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has('source_addresses4')) { _%>\n" +
    "\t\t<%= this.plain(from('ip saddr')) %> != @source_addresses4 goto dropped_packet\n" +
    "<%_ if (it.options) { _%>\n" +
    "\t\tip option lsrr exists goto dropped_packet\n" +
    "\t\tip option ssrr exists goto dropped_packet\n" +
    "<%_ } else { _%>\n" +
    "\t\t# At the way out of a card the kernel finds no options: of all, those remain that IGMP has.\n" +
    "\t\tip hdrlength != 5 ip protocol != igmp goto dropped_packet\n" +
    "<%_ } _%>\n" +
    "\t\tudp sport 67 goto dropped_packet\n" +
    "\t\ticmp type { redirect, router-advertisement } goto dropped_packet\n" +
    "\t\tigmp type membership-query goto dropped_packet\n" +
    "\t\t<%= this.plain(it.pass) %>\n" +
    "<%_ } else { _%>\n" +
    "\t\tgoto dropped_packet\n" +
    "<%_ } _%>\n" +
    "\t}\n" +
    "\n" +
    "\tchain from_ip6 {\n" +
    "\t\tip6 saddr :: goto from_unspecified\n" +
    "\t\t<%= this.plain(from('ip6 saddr')) %> != @source_addresses6 goto dropped_packet\n" +
    "\t\t# Whoever is on the way would send it on in the container's place, wherever it is to go (RFC 5095, RFC 8754 section 5.1).\n" +
    "\t\texthdr rt exists goto dropped_packet\n" +
    "\t\tudp sport 547 goto dropped_packet\n" +
    "\t\ticmpv6 type { nd-router-advert, nd-redirect, router-renumbering, mld-listener-query } goto dropped_packet\n" +
    "\t\t# What follows the first eight bytes could be in the next fragment (RFC 6980).\n" +
    "\t\ticmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } exthdr frag exists goto dropped_packet\n" +
    "\t\ticmpv6 type nd-neighbor-advert <%= this.plain(it.key) %> . @th,64,128 != @nd_targets goto dropped_packet\n" +
    "\t\t# Extension headers that go on in the next fragment could hide any of these (RFC 7112).\n" +
    "\t\tmeta l4proto != 255 <%= this.plain(it.pass) %>\n" +
    "\t\tgoto dropped_packet\n" +
    "\t}\n" +
    "\n" +
    "\t# Who has no address yet may ask for its own (RFC 4862), report its groups (RFC 3590) and look for a router.\n" +
    "\tchain from_unspecified {\n" +
    "\t\ticmpv6 type nd-neighbor-solicit <%= this.plain(it.key) %> . @th,64,128 @nd_targets <%= this.plain(it.pass) %>\n" +
    "\t\ticmpv6 type { nd-router-solicit, mld-listener-report, mld-listener-done, mld2-listener-report } <%= this.plain(it.pass) %>\n" +
    "\t\tgoto dropped_packet\n" +
    "\t}\n",
  'nftables/stateless':
    "<%_ const ip = it.family === 4 ? 'ip' : 'ip6'; const echo = it.family === 4 ? 'icmp' : 'icmpv6'; _%>\n" +
    "\n" +
    "\tchain judge_ip<%= this.plain(it.f) %> {\n" +
    "<%_ if (it.family === 6) { _%>\n" +
    "\t\ticmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert, nd-redirect, mld-listener-query, mld-listener-report, mld-listener-done, mld2-listener-report } accept\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has(`isolated${it.family}_from`)) { _%>\n" +
    "\t\t<%= this.plain(ip) %> saddr vmap @isolated<%= this.plain(it.f) %>_from\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.has(it.policy)) { _%>\n" +
    "\t\t<%= this.plain(it.mine) %> @<%= this.name(it.policy) %> goto judge_limited<%= this.plain(it.f) %>\n" +
    "\t\t<%= this.plain(it.its) %> @<%= this.name(it.policy) %> goto judge_limited<%= this.plain(it.f) %>\n" +
    "<%_ } _%>\n" +
    "\t}\n" +
    "<%_ if (it.has(it.policy)) { _%>\n" +
    "\n" +
    "\t# Without connection tracking: what opens a connection is judged, an answer is let through where its opening is.\n" +
    "\t# Answers over UDP, and over protocols that have neither ports nor echoes, are known by what went the other way lately.\n" +
    "\tchain judge_limited<%= this.plain(it.f) %> {\n" +
    "<%_ const flow = (a, b) => `${ip} ${a} . udp ${a === 'saddr' ? 'sport' : 'dport'} . ${ip} ${b} . udp ${b === 'saddr' ? 'sport' : 'dport'}`; _%>\n" +
    "<%_ const [there, back] = [flow('saddr', 'daddr'), flow('daddr', 'saddr')]; _%>\n" +
    "<%_ const pair = (a, b) => `${ip} ${a} . ${ip} ${b} . meta l4proto`; _%>\n" +
    "<%_ const [asks, isAsked] = [it.has(`in_limited${it.suffix}`), it.has(`out_limited${it.suffix}`)]; _%>\n" +
    "<%_ if (it.family === 4) { _%>\n" +
    "\t\tip frag-off & 0x1fff != 0 accept\n" +
    "\t\ticmp type { destination-unreachable, time-exceeded, parameter-problem } accept\n" +
    "\t\tmeta l4proto igmp ip daddr 224.0.0.0/4 accept\n" +
    "<%_ } else { _%>\n" +
    "\t\tfrag frag-off != 0 accept\n" +
    "\t\ticmpv6 type { destination-unreachable, packet-too-big, time-exceeded, parameter-problem } accept\n" +
    "<%_ } _%>\n" +
    "<%_ for (const set of [...(asks ? ['udp_answers'] : []), 'udp_asked']) { _%>\n" +
    "\t\t<%= this.plain(`${there} @${set}${it.f} update @${set}${it.f} { ${there} } accept`) %>\n" +
    "<%_ } _%>\n" +
    "\t\tjump allow_out<%= this.plain(it.f) %>\n" +
    "\t\ttcp flags & (syn | ack) != syn jump answer_out<%= this.plain(it.f) %>\n" +
    "\t\t<%= this.plain(echo) %> type echo-reply jump answer_out<%= this.plain(it.f) %>\n" +
    "\t\t<%= this.plain(`${pair('saddr', 'daddr')} @other_answers${it.f} update @other_answers${it.f} { ${pair('saddr', 'daddr')} } accept`) %>\n" +
    "\t\tgoto dropped_packet\n" +
    "\t}\n" +
    "\n" +
    "\tchain allowed_through<%= this.plain(it.f) %> {\n" +
    "\t\tmeta l4proto udp goto allowed_udp<%= this.plain(it.f) %>\n" +
    "\t\tmeta l4proto { tcp, <%= this.plain(it.family === 4 ? 'icmp' : 'ipv6-icmp') %> } accept\n" +
    "<%_ for (const side of [...(asks ? [`${it.leaving}${it.mine} @in_limited${it.suffix}`] : []), ...(isAsked ? [`${it.its} @out_limited${it.suffix}`] : [])]) { _%>\n" +
    "\t\t<%= this.plain(`${side} update @other_answers${it.f} { ${pair('daddr', 'saddr')} } accept`) %>\n" +
    "<%_ } _%>\n" +
    "\t\taccept\n" +
    "\t}\n" +
    "\n" +
    "\tchain allowed_udp<%= this.plain(it.f) %> {\n" +
    "<%_ if (asks) { _%>\n" +
    "\t\t<%= this.plain(`${it.leaving}${it.mine} @in_limited${it.suffix} goto asks_udp${it.f}`) %>\n" +
    "<%_ } _%>\n" +
    "\t\t<%= this.plain(`${it.its} @${it.policy} update @udp_asked${it.f} { ${back} }`) %>\n" +
    "\t\taccept\n" +
    "\t}\n" +
    "<%_ if (asks) { _%>\n" +
    "\n" +
    "\t# One container that asks for ever new answers takes no other one's room: beyond so many it asks without getting any.\n" +
    "\tchain asks_udp<%= this.plain(it.f) %> {\n" +
    "\t\t<%= this.plain(`${back} @udp_answers${it.f} accept`) %>\n" +
    "\t\t<%= this.plain(`update @udp_askers${it.f} { ${ip} saddr limit rate over 1000/second burst 10000 packets } accept`) %>\n" +
    "\t\t<%= this.plain(`update @udp_answers${it.f} { ${back} timeout 30s }`) %>\n" +
    "\t\taccept\n" +
    "\t}\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n",
  'service/container':
    "#!/sbin/openrc-run\n" +
    "<%_ for (const line of it.header) { _%>\n" +
    "# <%= this.comment(line) %>\n" +
    "<%_ } _%>\n" +
    "\n" +
    "# OpenRC sources every script for its dependency cache; the rest is read only when a command runs.\n" +
    "[ \"${0##*/}\" = gendepends.sh ] || . /etc/init.d/rc-lxc\n" +
    "\n" +
    "description=<%= it.description %>\n" +
    "\n" +
    "depend() {\n" +
    "<%_ if (it.need.length > 0) { _%>\n" +
    "\tneed <%= this.words(it.need) %>\n" +
    "<%_ } _%>\n" +
    "<%_ if (it.want.length > 0) { _%>\n" +
    "\twant <%= this.words(it.want) %>\n" +
    "<%_ } _%>\n" +
    "\tafter <%= this.words(it.after) %>\n" +
    "\tkeyword -timeout\n" +
    "}\n",
  'settings/conf':
    "<%_ for (const line of it.header) { _%>\n" +
    "# <%= this.comment(line) %>\n" +
    "<%_ } _%>\n" +
    "\n" +
    "<%_ for (const setting of it.settings) { _%>\n" +
    "<%= this.word(setting.name) %>=<%= setting.value %>\n" +
    "<%_ } _%>\n",
} as const;
