# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# What netifrc has no word for, to be called from the functions that /etc/conf.d/net.NAME may have (preup, postup,
# postdown; net.example), in a shell of its own: (. /etc/init.d/rc-lxc-link && rc_lxc_preup). Needs link.sh.

# Makes an interface on another, of the type that link_type, link_parent, link_mode and link_vlan say beside netifrc's
# variables: netifrc itself makes VLANs with the service of their parent alone, and no ipvlan.
rc_lxc_preup() {
	rc_lxc_link_setup || return 1
	rc_lxc_link_up && return 0
	eerror "$rc_lxc_link could not be made: $rc_lxc_why"
	return 1
}

# Takes it away again, unless something hangs on it.
rc_lxc_postdown() {
	rc_lxc_link_setup && rc_lxc_link_down
}

# Makes bridge $1 one that leaves its card alone, as link_filter does. netifrc makes each of its bridges promiscuous,
# and with it the ports.
rc_lxc_quiet() {
	rc_lxc_pin "$1" || return 1
	if ! rc_lxc_bridge_can_filter "$1"; then
		rc_lxc_bridge_loud "$1" "the ports of $1"
		return 0
	fi
	printf '%s\n' "link set dev $1 type bridge vlan_filtering 1" "link set dev $1 promisc off" | "$rc_lxc_ip" -batch -
}

# Lets bridge $1 keep the hardware address that its card gave it, whatever else is attached.
rc_lxc_pin() {
	local mac
	rc_lxc_find_ip && read -r mac <"$rc_lxc_sys/$1/address" && "$rc_lxc_ip" link set dev "$1" address "$mac"
}
