# shellcheck shell=sh
# shellcheck disable=SC2154 # rc_lxc_run comes from the service's environment
#
# LXC's script.up of an interface (lxc.container.conf(5)): LXC runs this when it has made the veth pair, before the
# container's init exists, and gives up when it fails.
# In: VETH LINK HOSTMAC MAC OPTIONS, as port.sh explains them; LXC's own arguments follow and are of no use.

# shellcheck source=/dev/null
. "@LIBEXECDIR@/port.sh"

# While no rules are loaded, a container that was let start before is held as the others are.
rc_lxc_hold_new() {
	[ -e /run/rc-lxc-nft/held ] || return 0
	# shellcheck source=/dev/null
	. "@LIBEXECDIR@/nft-hold.sh"
	{ flock 9 && rc_lxc_hold_join "$1"; } 9>>/run/rc-lxc-nft/lock && return 0
	echo "it cannot be held, and the packet rules are not loaded" >&2
	return 1
}

why=$({ rc_lxc_find_ip && rc_lxc_port_set "$1" "$2" "$3" "$4" "$5" && rc_lxc_hold_new "$1"; } 2>&1) && exit 0
why="The host's end of an interface, $1, could not be set up: $(printf '%s' "${why:-no reason given}" | tr -s '\n' ' ')"
echo "$why" >&2
# LXC logs what a script says with level DEBUG: so that the service finds it among the reasons, it goes there directly.
[ ! -e "${rc_lxc_run:-}.log" ] || echo "veth.sh ERROR    veth - veth.sh - $why" >>"$rc_lxc_run.log"
exit 1
