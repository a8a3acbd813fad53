# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; the link_* settings come from conf.d
#
# An interface of the host: made or adopted, configured, and left alone while anything hangs on it.
#
# What was done is kept in /run/rc-lxc/link.NAME, so that stop takes back that and nothing else:
#   made T P V      the interface is ours to delete: its type, and, where it has them, its parent and the vlan's number
#   filter          the bridge was made to filter by VLAN
#   address A       this address was added to it
#   way P           this prefix was routed through it
#   port P          this interface was made a port
#   moved P A       this address was on the port before
#   route P GATEWAY the default route went through the port before

for _rc_lxc_part in port link-bridge link-kinds link-guests link-netifrc; do
	# shellcheck source=/dev/null
	. "@LIBEXECDIR@/$_rc_lxc_part.sh"
done

rc_lxc_link_setup() {
	rc_lxc_why=
	case $RC_SVCNAME in
	*.?*) rc_lxc_link=${RC_SVCNAME#*.} ;;
	*)
		eerror "$RC_SVCNAME is the script that links share: it makes none by itself."
		eerror "For a bridge br0: ln -s ${RC_SVCNAME##*/} /etc/init.d/${RC_SVCNAME##*/}.br0"
		return 1
		;;
	esac
	rc_lxc_kept="/run/rc-lxc/link.$rc_lxc_link"
	: "${link_type:=bridge}" "${link_ports:=}" "${link_ipv4:=}" "${link_ipv6:=}" "${link_mac:=}" "${link_mtu:=}"
	: "${link_gateway4:=}" "${link_gateway6:=}" "${link_routes:=}" "${link_port_timeout:=10}"
	: "${link_filter:=no}" "${link_parent:=}" "${link_mode:=}" "${link_vlan:=}"
	case $link_type in
	bridge) ;;
	macvlan | ipvlan | vlan) rc_lxc_kind_setup || return 1 ;;
	*) eerror "link_type is \"$link_type\": it must be bridge, macvlan, ipvlan or vlan"; return 1 ;;
	esac
	rc_lxc_find_ip
}

rc_lxc_link_up() {
	[ -d /run/rc-lxc ] || mkdir -p /run/rc-lxc || return 1
	rc_lxc_link_await || return 1
	case $link_type in
	bridge) rc_lxc_bridge_exist ;;
	*) rc_lxc_kind_exist ;;
	esac || return 1
	rc_lxc_link_configure || {
		rc_lxc_why="ip refused a setting of $rc_lxc_link"
		[ "$rc_lxc_link_fresh" = no ] || rc_lxc_link_take_back
		return 1
	}
	[ "$link_type" = bridge ] || return 0
	rc_lxc_reattach "$rc_lxc_link"
	! yesno "$link_filter" || rc_lxc_bridge_can_filter "$rc_lxc_link" ||
		rc_lxc_bridge_loud "$rc_lxc_link" "${link_ports:-a port that learns}"
}

# Is the interface there, and is it what the settings say?
rc_lxc_link_there() {
	case $link_type in
	bridge) [ -d "$rc_lxc_sys/$rc_lxc_link/bridge" ] ;;
	*) [ -e "$rc_lxc_sys/$rc_lxc_link" ] && rc_lxc_kind_fits ;;
	esac
}

# Out: rc_lxc_link_fresh.
rc_lxc_link_adopt() {
	[ -e "$rc_lxc_kept" ] || einfo "$rc_lxc_link is there already: taking it as it is"
	: >>"$rc_lxc_kept"
	rc_lxc_link_fresh=no
}

# Out: rc_lxc_link_fresh.
rc_lxc_link_made() {
	rc_lxc_link_fresh=yes
	echo "made $link_type $link_parent $link_vlan" >"$rc_lxc_kept"
}

# What was made may be described otherwise by now.
rc_lxc_link_recall() {
	local what type parent vlan
	[ -e "$rc_lxc_kept" ] || return 0
	while read -r what type parent vlan; do
		[ "$what" = made ] && [ -n "$type" ] || continue
		link_type=$type link_parent=$parent link_vlan=$vlan
	done <"$rc_lxc_kept"
}

# At boot a driver may still be at work.
rc_lxc_link_await() {
	local other left=$((link_port_timeout * 10))
	for other in $link_ports $link_parent; do
		until [ -e "$rc_lxc_sys/$other" ]; do
			[ "$left" -gt 0 ] || {
				rc_lxc_why="$other, which it needs, is not there, and did not come within $link_port_timeout seconds"
				return 1
			}
			left=$((left - 1))
			sleep 0.1 2>/dev/null || { sleep 1; left=$((left - 9)); }
		done
	done
}

# One ip does it all, in one go: whoever is logged in through the port is not cut off between two steps.
rc_lxc_link_configure() {
	local commands
	commands=$(rc_lxc_link_commands) || return 1
	printf '%s\n' "$commands" | "$rc_lxc_ip" -batch - || return 1
	# Real routers are heard by a bridge with ports, and by a vlan. A macvlan or ipvlan hears nobody that its parent
	# does not hear, but for containers.
	case $link_type:$link_ports in
	bridge: | macvlan: | ipvlan:) rc_lxc_deaf "$rc_lxc_link" ;;
	esac
}

# The lines for ip, and what they do into the file that is kept.
rc_lxc_link_commands() {
	local address prefix port
	rc_lxc_link_stale
	case $link_type in
	bridge) rc_lxc_bridge_filter; rc_lxc_bridge_mac ;;
	*) rc_lxc_kind_commands ;;
	esac
	[ -z "$link_mtu" ] || echo "link set dev $rc_lxc_link mtu $link_mtu"
	echo "link set dev $rc_lxc_link up"
	for address in $link_ipv4; do
		rc_lxc_link_claim "$address"
		echo "address replace $address brd + dev $rc_lxc_link"
	done
	# Ours alone: waiting for the detection of duplicates would cost a second or two.
	for address in $link_ipv6; do
		rc_lxc_link_claim "$address"
		echo "address replace $address dev $rc_lxc_link nodad"
	done
	for port in $link_ports; do rc_lxc_bridge_port "$port" || return 1; done
	for prefix in $link_routes; do
		rc_lxc_link_keep "way $prefix"
		echo "route replace $prefix dev $rc_lxc_link"
	done
	[ -z "$link_gateway4" ] || echo "route replace default via $link_gateway4 dev $rc_lxc_link"
	[ -z "$link_gateway6" ] || echo "route replace default via $link_gateway6 dev $rc_lxc_link"
}

# Addresses and routes that an earlier start added and that are described no more.
rc_lxc_link_stale() {
	rc_lxc_link_undo_all way "$link_routes"
	rc_lxc_link_undo_all address "$link_ipv4 $link_ipv6"
}

# The lines for ip that take away what was kept as $1 and is still there, but for the words of $2. Routes first: the
# kernel may take them away with the last address.
rc_lxc_link_undo_all() {
	local what which
	while read -r what which; do
		[ "$what" = "$1" ] || continue
		case " $2 " in *" $which "*) continue ;; esac
		case $what in
		address) ! rc_lxc_link_has "$rc_lxc_link" "$which" || echo "address del $which dev $rc_lxc_link" ;;
		way) ! rc_lxc_link_leads "$which" || echo "route del $which dev $rc_lxc_link" ;;
		esac
	done <"$rc_lxc_kept"
}

# An address that somebody else gave the interface is not ours to take away.
rc_lxc_link_claim() {
	[ "$rc_lxc_link_fresh" = yes ] || ! rc_lxc_link_has "$rc_lxc_link" "$1" || return 0
	rc_lxc_link_keep "address $1"
}

rc_lxc_link_has() {
	[ -n "$("$rc_lxc_ip" -o address show dev "$1" to "${2%/*}" 2>/dev/null)" ]
}

# Is prefix $1 routed through the link?
rc_lxc_link_leads() {
	local family=-4
	case $1 in *:*) family=-6 ;; esac
	[ -n "$("$rc_lxc_ip" "$family" route show "$1" dev "$rc_lxc_link" 2>/dev/null)" ]
}

rc_lxc_link_keep() {
	rc_lxc_link_kept "$1" || echo "$1" >>"$rc_lxc_kept"
}

rc_lxc_link_kept() {
	local line
	while read -r line; do
		[ "$line" != "$1" ] || return 0
	done <"$rc_lxc_kept"
	return 1
}

# Containers and other guests that hang on the interface keep it, but for the end of the host: they would lose the
# network, and nothing would bring it back. What start finds, it takes as it is.
rc_lxc_link_down() {
	rc_lxc_link_recall
	rc_lxc_link_there || { rc_lxc_why='' && rm -f "$rc_lxc_kept"; return 0; }
	[ -e "$rc_lxc_kept" ] || { einfo "$rc_lxc_link was not made here: leaving it"; return 0; }
	yesno "${RC_GOINGDOWN:-no}" || {
		rc_lxc_link_guests
		if [ -n "$rc_lxc_guests" ]; then
			einfo "$rc_lxc_link stays, since it is in use:$rc_lxc_guests"
			return 0
		fi
	}
	rc_lxc_link_take_back || { rc_lxc_why="$rc_lxc_link could not be taken down"; return 1; }
}

rc_lxc_link_take_back() {
	rc_lxc_link_undo | "$rc_lxc_ip" -batch - && rm -f "$rc_lxc_kept"
}

# The lines for ip that take back what start did. What is deleted takes its addresses and routes along.
rc_lxc_link_undo() {
	local what one two made=no
	while read -r what one two; do
		case $what in
		made) made=yes ;;
		port) [ ! -e "$rc_lxc_sys/$rc_lxc_link/brif/$one" ] || echo "link set dev $one nomaster" ;;
		filter) [ "$made" = yes ] || echo "link set dev $rc_lxc_link type bridge vlan_filtering 0" ;;
		esac
	done <"$rc_lxc_kept"
	if [ "$made" = no ]; then
		rc_lxc_link_undo_all way ''
		rc_lxc_link_undo_all address ''
	fi
	while read -r what one two; do
		[ -e "$rc_lxc_sys/$one" ] || [ "$what" = made ] || continue
		case $what in
		moved) rc_lxc_link_give_back "$one" "$two" ;;
		route) echo "route replace default via $two dev $one" ;;
		made) echo "link delete dev $rc_lxc_link" ;;
		esac
	done <"$rc_lxc_kept"
}

rc_lxc_link_give_back() {
	case $2 in
	*:*) echo "address replace $2 dev $1 nodad" ;;
	*) echo "address replace $2 brd + dev $1" ;;
	esac
}

rc_lxc_link_status() {
	local address missing='' noise=''
	if ! rc_lxc_link_there; then
		if service_started; then
			eerror "status: crashed (${rc_lxc_why:-$rc_lxc_link is gone}; restart makes it again)"
			return 32
		fi
		einfo "status: stopped"
		return 3
	fi
	for address in $link_ipv4 $link_ipv6; do
		rc_lxc_link_has "$rc_lxc_link" "$address" || missing="$missing $address"
	done
	rc_lxc_link_guests
	if ! service_started; then
		einfo "status: stopped ($rc_lxc_link is there${rc_lxc_guests:+, in use:$rc_lxc_guests})"
		return 3
	fi
	if [ -n "$missing" ]; then
		eerror "status: crashed ($rc_lxc_link lacks$missing; restart puts that right)"
		return 32
	fi
	einfo "status: started${rc_lxc_guests:+ (in use:$rc_lxc_guests)}"
	! yesno "$link_filter" || rc_lxc_bridge_noise | while read -r noise; do ewarn "$noise"; done
}
