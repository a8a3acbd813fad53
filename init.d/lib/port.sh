# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034 # dash, bash and busybox have local; variables are shared between files
#
# The host's ends of containers' interfaces: what each is to be, and how it becomes that. Needs nothing else.
# A line of /etc/rc-lxc/ports says it: VETH LINK HOSTMAC MAC OPTIONS
#   LINK     the bridge that it is a port of; `-`: the host routes to it
#   HOSTMAC  its own hardware address; MAC: the container's; `-`: whatever it is
#   OPTIONS  `-`, or separated by commas: isolated (reaches no other isolated port), static (a quiet bridge: the port
#            neither learns nor is flooded, and the bridge is told where MAC is); of a routed one route=ADDRESS, an address
#            that is behind it, and proxy=LINK, an interface on which the host answers ARP and ND for these

rc_lxc_sys=/sys/class/net

# What routed containers have for a gateway: no address of anybody's (RFC 3927, RFC 4291), the same on every veth.
rc_lxc_gateway4=169.254.1.1
rc_lxc_gateway6=fe80::1

# Out: rc_lxc_ip, iproute2's ip by its path: busybox's shell may take an ip of its own for a bare name, which knows
# no bridges.
rc_lxc_find_ip() {
	local dir IFS=:
	for dir in $PATH; do
		rc_lxc_ip="$dir/ip"
		[ ! -x "$rc_lxc_ip" ] || return 0
	done
	echo "iproute2 is not installed: there is no ip" >&2
	return 1
}

# Nothing that a container announces may configure the host: no router, no better way.
rc_lxc_deaf() {
	rc_lxc_knob "ipv6/conf/$1/accept_ra" 0 && rc_lxc_knob "ipv6/conf/$1/accept_redirects" 0 &&
		rc_lxc_knob "ipv4/conf/$1/accept_redirects" 0
}

# A kernel without IPv6 has no such file, and nothing that would listen.
rc_lxc_knob() {
	[ -e "/proc/sys/net/$1" ] || return 0
	echo "$2" >"/proc/sys/net/$1"
}

# Makes the end $1 what $2 to $5 say. Says on standard error what went wrong.
rc_lxc_port_set() {
	[ -e "$rc_lxc_sys/$1" ] || { echo "$1 is not there" >&2; return 1; }
	rc_lxc_deaf "$1" || return 1
	rc_lxc_port_lines "$@" | "$rc_lxc_ip" -batch - || return 1
	[ "$2" = - ] || rc_lxc_port_bridge "$2" || return 1
	rc_lxc_port_enter "$(rc_lxc_port_entries "$@")" || return 1
	rc_lxc_port_spares "$(rc_lxc_port_spare "$@")"
}

# A frame for the bridge itself (LLDP, spanning tree) passes no hook of nftables, and the bridge would learn its
# sender all the same: a container could draw to itself what is for another one's MAC.
rc_lxc_port_bridge() {
	local file="$rc_lxc_sys/$1/bridge/no_linklocal_learn"
	[ ! -e "$file" ] || echo 1 >"$file"
}

# The lines for ip.
rc_lxc_port_lines() {
	[ "$3" = - ] || echo "link set dev $1 address $3"
	if [ "$2" = - ]; then
		rc_lxc_port_routes "$1" "$4" "$5"
		return
	fi
	echo "link set dev $1 type bridge_slave $(rc_lxc_port_flags "$5")"
}

# The gateways are addresses of the veth's own, which answer at once and whatever routes the host has, as a proxy would
# not. With scope host nothing is ever sent from the IPv4 one. In: VETH MAC OPTIONS.
rc_lxc_port_routes() {
	local address
	echo "address replace $rc_lxc_gateway4/32 dev $1 scope host"
	! rc_lxc_port_speaks6 "$1" || echo "address replace $rc_lxc_gateway6/64 dev $1 nodad"
	echo "link set dev $1 up"
	for address in $(rc_lxc_port_option route "$3"); do
		echo "route replace $address dev $1"
		[ "$2" = - ] || echo "neighbor replace $address lladdr $2 dev $1 nud permanent"
	done
	rc_lxc_port_proxies replace "$3"
}

# An interface may be without IPv6 on a kernel that has it (net.ipv6.conf.default.disable_ipv6): it takes no address then.
rc_lxc_port_speaks6() {
	local off=
	# Shells that read byte by byte come to no end of line in there: what read returns says nothing.
	{ read -r off <"/proc/sys/net/ipv6/conf/$1/disable_ipv6"; } 2>/dev/null || :
	[ "$off" = 0 ]
}

# What follows KEY= in the options $2, $1 being the key.
rc_lxc_port_option() {
	local option IFS=,
	for option in $2; do
		case $option in "$1="*) echo "${option#*=}" ;; esac
	done
}

# The lines for ip by which the host answers, or no longer, for the addresses of options $2; $1 is replace or delete.
rc_lxc_port_proxies() {
	local address link
	for link in $(rc_lxc_port_option proxy "$2"); do
		[ -e "$rc_lxc_sys/$link" ] || continue
		for address in $(rc_lxc_port_option route "$2"); do echo "neighbor $1 proxy $address dev $link"; done
	done
}

rc_lxc_port_flags() {
	case ,$1, in *,isolated,*) printf 'isolated on ' ;; *) printf 'isolated off ' ;; esac
	case ,$1, in *,static,*) echo 'learning off flood off' ;; *) echo 'learning on flood on' ;; esac
}

# The lines for bridge. A sticky entry stays where it is when a frame with that sender comes from elsewhere: else a
# neighbour on the wire could draw what is for the container to itself.
rc_lxc_port_entries() {
	case $2:$4:,$5, in
	-:* | *:-:*) ;;
	*,static,*) echo "fdb replace $4 dev $1 master static sticky" ;;
	esac
}

# Hands lines to bridge, if there are any.
rc_lxc_port_enter() {
	[ -z "$1" ] || printf '%s\n' "$1" | bridge -force -batch -
}

# The bridge has an entry for the end's own address too, at which nobody is ever spoken to. On a quiet bridge it would
# take up one of the few addresses that the card can filter (64 in virtio). The lines for bridge; it may be gone already.
rc_lxc_port_spare() {
	case $2:$3:,$5, in
	-:* | *:-:*) ;;
	*,static,*) echo "fdb delete $3 dev $1 master" ;;
	esac
}

rc_lxc_port_spares() {
	[ -z "$1" ] || printf '%s\n' "$1" | bridge -force -batch - >/dev/null 2>&1 || :
}

# Puts the veths of running containers back on bridge $1, as /etc/rc-lxc/ports has them: whoever deleted the bridge and
# made it anew has lost them. What is still there is set anew. A line of two parts, VETH BRIDGE, only puts back.
rc_lxc_reattach() {
	[ -r /etc/rc-lxc/ports ] && [ -d "$rc_lxc_sys/$1/bridge" ] && rc_lxc_find_ip || return 0
	if rc_lxc_port_bridge "$1" && rc_lxc_port_each rc_lxc_port_back "$1" | "$rc_lxc_ip" -force -batch - &&
		rc_lxc_port_enter "$(rc_lxc_port_each rc_lxc_port_entries "$1")"; then
		rc_lxc_port_spares "$(rc_lxc_port_each rc_lxc_port_spare "$1")"
		return 0
	fi
	ewarn "A container could not be put back on $1"
}

# Calls $1 with the parts of each line about a veth of bridge $2 that is there.
rc_lxc_port_each() {
	local veth link hostmac mac options
	while read -r veth link hostmac mac options; do
		[ "$link" = "$2" ] && [ -e "$rc_lxc_sys/$veth" ] || continue
		"$1" "$veth" "$link" "$hostmac" "${mac:--}" "${options:--}"
	done </etc/rc-lxc/ports
}

rc_lxc_port_back() {
	[ -e "$rc_lxc_sys/$2/brif/$1" ] || echo "link set dev $1 master $2 up"
	[ -n "$3" ] || return 0
	rc_lxc_deaf "$1"
	rc_lxc_port_lines "$@"
}
