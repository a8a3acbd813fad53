# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; the link_* settings come from conf.d
#
# A bridge of the host: made or adopted, configured, and left alone while anything hangs on it.
#
# What was done is kept in /run/rc-lxc/link.NAME, so that stop takes back that and nothing else:
#   made            the bridge is ours to delete
#   address A       this address was added to the bridge
#   port P          this interface was made a port
#   moved P A       this address was on the port before
#   route P GATEWAY the default route went through the port before

rc_lxc_sys=/sys/class/net

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
	: "${link_gateway4:=}" "${link_gateway6:=}" "${link_port_timeout:=10}"
	case $link_type in
	bridge) ;;
	*) eerror "link_type is \"$link_type\": it must be bridge"; return 1 ;;
	esac
	rc_lxc_find_ip || { eerror "iproute2 is not installed: there is no ip"; return 1; }
}

# Out: rc_lxc_ip, iproute2's ip by its path: busybox's shell may take an ip of its own for a bare name, which knows
# no bridges.
rc_lxc_find_ip() {
	local dir IFS=:
	for dir in $PATH; do
		rc_lxc_ip="$dir/ip"
		[ ! -x "$rc_lxc_ip" ] || return 0
	done
	return 1
}

rc_lxc_link_up() {
	[ -d /run/rc-lxc ] || mkdir -p /run/rc-lxc || return 1
	rc_lxc_link_ports_there && rc_lxc_link_exist || return 1
	rc_lxc_link_configure || {
		rc_lxc_why="ip refused a setting of $rc_lxc_link"
		[ "$rc_lxc_link_fresh" = no ] || rc_lxc_link_take_back
		return 1
	}
	rc_lxc_reattach "$rc_lxc_link"
}

# Makes the bridge, or takes the one that is there.
rc_lxc_link_exist() {
	if [ -d "$rc_lxc_sys/$rc_lxc_link/bridge" ]; then
		[ -e "$rc_lxc_kept" ] || einfo "$rc_lxc_link is there already: taking it as it is"
		: >>"$rc_lxc_kept"
		rc_lxc_link_fresh=no
		return
	fi
	if [ -e "$rc_lxc_sys/$rc_lxc_link" ]; then
		rc_lxc_why="$rc_lxc_link is there, and it is no bridge"
		return 1
	fi
	"$rc_lxc_ip" link add name "$rc_lxc_link" type bridge forward_delay 0 || {
		rc_lxc_why="the kernel makes no bridge (is the module bridge there?)"
		return 1
	}
	rc_lxc_link_fresh=yes
	echo made >"$rc_lxc_kept"
}

# At boot a driver may still be at work.
rc_lxc_link_ports_there() {
	local port left=$((link_port_timeout * 10))
	for port in $link_ports; do
		until [ -e "$rc_lxc_sys/$port" ]; do
			[ "$left" -gt 0 ] || {
				rc_lxc_why="its port $port is not there, and did not come within $link_port_timeout seconds"
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
	# Nothing that a container announces may configure the host; a bridge with ports hears real routers.
	[ -n "$link_ports" ] || rc_lxc_link_deaf
}

rc_lxc_link_deaf() {
	local knob="/proc/sys/net/ipv6/conf/$rc_lxc_link/accept_ra"
	[ ! -w "$knob" ] || echo 0 >"$knob"
}

# The lines for ip, and what they do into the file that is kept.
rc_lxc_link_commands() {
	local address port
	rc_lxc_link_stale
	rc_lxc_link_mac
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
	for port in $link_ports; do rc_lxc_link_port "$port" || return 1; done
	[ -z "$link_gateway4" ] || echo "route replace default via $link_gateway4 dev $rc_lxc_link"
	[ -z "$link_gateway6" ] || echo "route replace default via $link_gateway6 dev $rc_lxc_link"
}

# Without an address of its own the bridge has its first port's, and keeps it whatever else is attached: neighbours
# know the host by it, and networks that filter let no other through.
rc_lxc_link_mac() {
	local mac="$link_mac" port="${link_ports%% *}"
	if [ -z "$mac" ] && [ -n "$port" ]; then
		read -r mac <"$rc_lxc_sys/$port/address"
	fi
	[ -z "$mac" ] || echo "link set dev $rc_lxc_link address $mac"
}

# Addresses that an earlier start added and that are described no more.
rc_lxc_link_stale() {
	local what address
	while read -r what address; do
		[ "$what" = address ] || continue
		case " $link_ipv4 $link_ipv6 " in *" $address "*) continue ;; esac
		! rc_lxc_link_has "$rc_lxc_link" "$address" || echo "address del $address dev $rc_lxc_link"
	done <"$rc_lxc_kept"
}

# An address that somebody else gave the bridge is not ours to take away.
rc_lxc_link_claim() {
	[ "$rc_lxc_link_fresh" = yes ] || ! rc_lxc_link_has "$rc_lxc_link" "$1" || return 0
	rc_lxc_link_keep "address $1"
}

rc_lxc_link_has() {
	[ -n "$("$rc_lxc_ip" -o address show dev "$1" to "${2%/*}" 2>/dev/null)" ]
}

rc_lxc_link_keep() {
	local line
	while read -r line; do
		[ "$line" != "$1" ] || return 0
	done <"$rc_lxc_kept"
	echo "$1" >>"$rc_lxc_kept"
}

# A port's own addresses would not be reached any more: those that the bridge is to have move there, with the way out.
rc_lxc_link_port() {
	local port="$1" address
	[ ! -e "$rc_lxc_sys/$rc_lxc_link/brif/$port" ] || return 0
	if [ -e "$rc_lxc_sys/$port/master" ]; then
		eerror "$port belongs to another bridge or bond"
		return 1
	fi
	"$rc_lxc_ip" -o address show dev "$port" scope global | while read -r _ _ _ address _; do
		case " $link_ipv4 $link_ipv6 " in
		*" $address "*)
			einfo "Moving $address from $port to $rc_lxc_link" >&2
			rc_lxc_link_keep "moved $port $address"
			echo "address del $address dev $port"
			;;
		*) ewarn "$port keeps $address, at which nobody reaches the host while $port is a port of $rc_lxc_link" >&2 ;;
		esac
	done
	rc_lxc_link_route "$port" 4
	rc_lxc_link_route "$port" 6
	rc_lxc_link_keep "port $port"
	echo "link set dev $port master $rc_lxc_link up"
}

# Remembers the default route through a port: the kernel forgets it when the address goes.
rc_lxc_link_route() {
	local gateway
	"$rc_lxc_ip" "-$2" route show default dev "$1" 2>/dev/null | while read -r _ _ gateway _; do
		rc_lxc_link_keep "route $1 $gateway"
	done
}

# Containers and other guests that hang on the bridge keep it, but for the end of the host: they would lose the network,
# and nothing would bring it back. What start finds, it takes as it is.
rc_lxc_link_down() {
	[ -d "$rc_lxc_sys/$rc_lxc_link/bridge" ] || { rm -f "$rc_lxc_kept"; return 0; }
	[ -e "$rc_lxc_kept" ] || { einfo "$rc_lxc_link was not made here: leaving it"; return 0; }
	rc_lxc_link_guests
	if [ -n "$rc_lxc_guests" ] && ! yesno "${RC_GOINGDOWN:-no}"; then
		einfo "$rc_lxc_link stays, since it is in use:$rc_lxc_guests"
		return 0
	fi
	rc_lxc_link_take_back || { rc_lxc_why="$rc_lxc_link could not be taken down"; return 1; }
}

rc_lxc_link_take_back() {
	rc_lxc_link_undo | "$rc_lxc_ip" -batch - && rm -f "$rc_lxc_kept"
}

# Out: rc_lxc_guests, all that hangs on the bridge but its own ports.
rc_lxc_link_guests() {
	local port
	rc_lxc_guests=
	for port in "$rc_lxc_sys/$rc_lxc_link/brif"/*; do
		[ -e "$port" ] || continue
		case " $link_ports " in
		*" ${port##*/} "*) ;;
		*) rc_lxc_guests="$rc_lxc_guests ${port##*/}" ;;
		esac
	done
}

# The lines for ip that take back what start did.
rc_lxc_link_undo() {
	local what one two
	while read -r what one two; do
		case $what in
		port) [ ! -e "$rc_lxc_sys/$rc_lxc_link/brif/$one" ] || echo "link set dev $one nomaster" ;;
		address) ! rc_lxc_link_has "$rc_lxc_link" "$one" || echo "address del $one dev $rc_lxc_link" ;;
		esac
	done <"$rc_lxc_kept"
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
	local address missing=''
	if [ ! -d "$rc_lxc_sys/$rc_lxc_link/bridge" ]; then
		if service_started; then
			eerror "status: crashed ($rc_lxc_link is gone; restart makes it again)"
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
}

# Puts the veths of running containers back on bridge $1: whoever deleted it and made it anew has lost them.
# /etc/rc-lxc/ports says which belong there, a line each: VETH BRIDGE.
rc_lxc_reattach() {
	local veth bridge
	[ -r /etc/rc-lxc/ports ] && [ -d "$rc_lxc_sys/$1/bridge" ] && rc_lxc_find_ip || return 0
	while read -r veth bridge; do
		[ "$bridge" = "$1" ] && [ -e "$rc_lxc_sys/$veth" ] && [ ! -e "$rc_lxc_sys/$1/brif/$veth" ] || continue
		echo "link set dev $veth master $1 up"
	done </etc/rc-lxc/ports | "$rc_lxc_ip" -batch - || {
		ewarn "A container could not be put back on $1"
		return 0
	}
}
