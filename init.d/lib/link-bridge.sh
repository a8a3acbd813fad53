# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# Links of the type bridge. Needs link.sh.

# Makes the bridge, or takes the one that is there. Out: rc_lxc_link_fresh.
rc_lxc_bridge_exist() {
	if rc_lxc_link_there; then
		rc_lxc_link_adopt
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
	rc_lxc_link_made
}

# Where bridges filter by VLAN, and all ports but one neither learn nor are flooded, the kernel leaves that one port its
# own filter of addresses: it is not promiscuous (br_manage_promisc in net/bridge/br_if.c). So it must come first, and
# the bridge itself must not be promiscuous either. Frames without a tag pass as before.
rc_lxc_bridge_filter() {
	if ! yesno "${link_filter:-no}"; then
		! rc_lxc_link_kept filter || echo "link set dev $rc_lxc_link type bridge vlan_filtering 0"
		return 0
	fi
	rc_lxc_bridge_can_filter "$rc_lxc_link" || return 0
	rc_lxc_link_keep filter
	echo "link set dev $rc_lxc_link type bridge vlan_filtering 1"
	echo "link set dev $rc_lxc_link promisc off"
}

rc_lxc_bridge_can_filter() {
	[ -e "$rc_lxc_sys/$1/bridge/vlan_filtering" ]
}

# Says that bridge $1 cannot be quiet, and what follows for its ports $2.
rc_lxc_bridge_loud() {
	ewarn "This kernel's bridges do not filter by VLAN (CONFIG_BRIDGE_VLAN_FILTERING): $1 is a plain bridge, and"
	ewarn "$2 will be promiscuous: every frame on the wire comes in"
}

# Says when a card is promiscuous although it should not be, and because of whom. In: rc_lxc_link.
rc_lxc_bridge_noise() {
	local port flags
	for port in $link_ports; do
		rc_lxc_bridge_can_filter "$rc_lxc_link" && read -r flags <"$rc_lxc_sys/$port/flags" || return 0
		# IFF_PROMISC of include/uapi/linux/if.h
		[ $((flags & 0x100)) -eq 0 ] || echo "$port is promiscuous$(rc_lxc_bridge_learners "$port")"
	done
}

# Which ports but $1 learn or are flooded? One that is nobody's of ours is left as it is.
rc_lxc_bridge_learners() {
	local port one two others=''
	for port in "$rc_lxc_sys/$rc_lxc_link/brif"/*; do
		[ -e "$port" ] && [ "${port##*/}" != "$1" ] || continue
		read -r one <"$port/learning" && read -r two <"$port/unicast_flood" || continue
		[ "$one$two" = 00 ] || others="$others ${port##*/}"
	done
	[ -z "$others" ] || echo ", since these ports learn or are flooded:$others"
}

# Without an address of its own the bridge has its first port's, and keeps it whatever else is attached: neighbours
# know the host by it, and networks that filter let no other through.
rc_lxc_bridge_mac() {
	local mac="$link_mac" port="${link_ports%% *}"
	if [ -z "$mac" ] && [ -n "$port" ]; then
		read -r mac <"$rc_lxc_sys/$port/address"
	fi
	[ -z "$mac" ] || echo "link set dev $rc_lxc_link address $mac"
}

# A port's own addresses would not be reached any more: those that the bridge is to have move there, with the way out.
rc_lxc_bridge_port() {
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
	rc_lxc_bridge_route "$port" 4
	rc_lxc_bridge_route "$port" 6
	rc_lxc_link_keep "port $port"
	echo "link set dev $port master $rc_lxc_link up"
}

# Remembers the default route through a port: the kernel forgets it when the address goes.
rc_lxc_bridge_route() {
	local gateway
	"$rc_lxc_ip" "-$2" route show default dev "$1" 2>/dev/null | while read -r _ _ gateway _; do
		rc_lxc_link_keep "route $1 $gateway"
	done
}

# Prints all ports but those of link_ports.
rc_lxc_bridge_guests() {
	local port
	for port in "$rc_lxc_sys/$rc_lxc_link/brif"/*; do
		[ -e "$port" ] || continue
		case " $link_ports " in
		*" ${port##*/} "*) ;;
		*) printf ' %s' "${port##*/}" ;;
		esac
	done
}
