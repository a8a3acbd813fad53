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
  'nftables/table':
    "<%_ for (const line of it.header) { _%>\n" +
    "# <%= this.comment(line) %>\n" +
    "<%_ } _%>\n" +
    "\n" +
    "# Loaded as one transaction: the old table goes and the new one comes, or nothing changes.\n" +
    "table inet rc-lxc {\n" +
    "}\n" +
    "delete table inet rc-lxc\n" +
    "table inet rc-lxc {\n" +
    "\t# The ways out of this host.\n" +
    "\tset uplink_names {\n" +
    "\t\ttype ifname\n" +
    "<%_ if (it.uplinks.length > 0) { _%>\n" +
    "\t\telements = {\n" +
    "<%_ for (const name of it.uplinks) { _%>\n" +
    "\t\t\t<%= this.interface(name) %>,\n" +
    "<%_ } _%>\n" +
    "\t\t}\n" +
    "<%_ } _%>\n" +
    "\t}\n" +
    "\n" +
    "\t# Networks that masquerade: nothing comes in but answers, whoever has a route to them.\n" +
    "\tset guarded_links {\n" +
    "\t\ttype ifname\n" +
    "<%_ if (it.guarded.length > 0) { _%>\n" +
    "\t\telements = {\n" +
    "<%_ for (const name of it.guarded) { _%>\n" +
    "\t\t\t<%= this.interface(name) %>,\n" +
    "<%_ } _%>\n" +
    "\t\t}\n" +
    "<%_ } _%>\n" +
    "\t}\n" +
    "\n" +
    "\t# Frames that stay on one bridge come by here too where net.bridge.bridge-nf-call-* is 1.\n" +
    "\tset same_link {\n" +
    "\t\ttype ifname . ifname\n" +
    "<%_ if (it.guarded.length > 0) { _%>\n" +
    "\t\telements = {\n" +
    "<%_ for (const name of it.guarded) { _%>\n" +
    "\t\t\t<%= this.interface(name) %> . <%= this.interface(name) %>,\n" +
    "<%_ } _%>\n" +
    "\t\t}\n" +
    "<%_ } _%>\n" +
    "\t}\n" +
    "\n" +
    "\tset masquerade_ipv4 {\n" +
    "\t\ttype ipv4_addr\n" +
    "\t\tflags interval\n" +
    "<%_ if (it.masquerade4.length > 0) { _%>\n" +
    "\t\telements = {\n" +
    "<%_ for (const prefix of it.masquerade4) { _%>\n" +
    "\t\t\t<%= this.address(prefix) %>,\n" +
    "<%_ } _%>\n" +
    "\t\t}\n" +
    "<%_ } _%>\n" +
    "\t}\n" +
    "\n" +
    "\tset masquerade_ipv6 {\n" +
    "\t\ttype ipv6_addr\n" +
    "\t\tflags interval\n" +
    "<%_ if (it.masquerade6.length > 0) { _%>\n" +
    "\t\telements = {\n" +
    "<%_ for (const prefix of it.masquerade6) { _%>\n" +
    "\t\t\t<%= this.address(prefix) %>,\n" +
    "<%_ } _%>\n" +
    "\t\t}\n" +
    "<%_ } _%>\n" +
    "\t}\n" +
    "\n" +
    "\tchain forward {\n" +
    "\t\ttype filter hook forward priority filter; policy accept;\n" +
    "\t\tiifname . oifname @same_link accept\n" +
    "\t\tct state established,related accept\n" +
    "\t\toifname @guarded_links drop\n" +
    "\t\t# What cannot be followed would leave under the container's own address.\n" +
    "\t\tiifname @guarded_links oifname @uplink_names ct state invalid drop\n" +
    "\t}\n" +
    "\n" +
    "\tchain postrouting {\n" +
    "\t\ttype nat hook postrouting priority srcnat; policy accept;\n" +
    "\t\toifname @uplink_names ip saddr @masquerade_ipv4 <% if (it.source4 === '') { %>masquerade<% } else { %>snat ip to <%= this.address(it.source4) %><% } %>\n" +
    "\t\toifname @uplink_names ip6 saddr @masquerade_ipv6 <% if (it.source6 === '') { %>masquerade<% } else { %>snat ip6 to <%= this.address(it.source6) %><% } %>\n" +
    "\t}\n" +
    "}\n",
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
