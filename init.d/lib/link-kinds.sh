# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# Links of the types macvlan, ipvlan and vlan: interfaces on a parent. Needs link.sh.

# Do the settings make sense?
rc_lxc_kind_setup() {
	case $link_parent in
	'' | "$rc_lxc_link") eerror "$rc_lxc_link needs another interface of the host as link_parent"; return 1 ;;
	esac
	if [ -n "$link_ports" ]; then
		eerror "link_ports is for bridges: a link of type $link_type has a link_parent"
		return 1
	fi
	case $link_type in
	vlan) rc_lxc_kind_id || { eerror "link_vlan is \"$link_vlan\": it must be a number from 1 to 4094"; return 1; } ;;
	macvlan)
		: "${link_mode:=bridge}"
		case $link_mode in
		bridge | private | vepa | passthru) ;;
		*) eerror "link_mode is \"$link_mode\": for macvlan it must be bridge, private, vepa or passthru"; return 1 ;;
		esac
		;;
	ipvlan)
		: "${link_mode:=l2}"
		case $link_mode in
		l2 | l3 | l3s) ;;
		*) eerror "link_mode is \"$link_mode\": for ipvlan it must be l2, l3 or l3s"; return 1 ;;
		esac
		[ -z "$link_mac" ] || { eerror "an ipvlan has its parent's hardware address: leave link_mac out"; return 1; }
		;;
	esac
}

rc_lxc_kind_id() {
	case $link_vlan in '' | *[!0-9]*) return 1 ;; esac
	[ "$link_vlan" -ge 1 ] && [ "$link_vlan" -le 4094 ]
}

# What the link is, for ip.
rc_lxc_kind_words() {
	case $link_type in
	vlan) echo "type vlan id $link_vlan" ;;
	*) echo "type $link_type mode $link_mode" ;;
	esac
}

# Makes the link, or takes the one that is there. Out: rc_lxc_link_fresh.
rc_lxc_kind_exist() {
	local said words
	if [ -e "$rc_lxc_sys/$rc_lxc_link" ]; then
		rc_lxc_kind_fits || return 1
		rc_lxc_link_adopt
		return
	fi
	words=$(rc_lxc_kind_words)
	# shellcheck disable=SC2086 # a list of words
	said=$("$rc_lxc_ip" link add link "$link_parent" name "$rc_lxc_link" ${link_mac:+address "$link_mac"} $words 2>&1) || {
		case $said in
		*"Unknown device type"* | *"not supported"*) said="is $(rc_lxc_kind_option) there?" ;;
		*) said="ip says: $said" ;;
		esac
		rc_lxc_why="the kernel makes no $link_type on $link_parent ($said)"
		return 1
	}
	rc_lxc_link_made
}

rc_lxc_kind_option() {
	case $link_type in
	vlan) echo "the module 8021q, CONFIG_VLAN_8021Q," ;;
	macvlan) echo "the module macvlan, CONFIG_MACVLAN," ;;
	ipvlan) echo "the module ipvlan, CONFIG_IPVLAN," ;;
	esac
}

# Is the interface that is there of the right kind? Sets rc_lxc_why where not.
rc_lxc_kind_fits() {
	local is what
	is=$("$rc_lxc_ip" -d -o link show dev "$rc_lxc_link" 2>/dev/null) || return 1
	case $link_type in
	vlan) what="vlan $link_vlan" ;;
	*) what=$link_type ;;
	esac
	case "$is " in
	*": $rc_lxc_link@$link_parent: "*) ;;
	*) what= ;;
	esac
	case $what:$is in
	macvlan:*' macvlan mode '* | ipvlan:*' ipvlan '*' mode '* | vlan*:*" vlan protocol 802.1Q id $link_vlan "*) return 0 ;;
	esac
	rc_lxc_why="$rc_lxc_link is there, and it is no ${what:-$link_type on $link_parent}"
	return 1
}

# The lines for ip. A parent that is down carries nothing; it stays up when the link goes, for others may use it.
rc_lxc_kind_commands() {
	echo "link set dev $link_parent up"
	# The mode of one that was there; a new one has it already, and so has a vlan its number.
	[ "$link_type" = vlan ] || [ "$rc_lxc_link_fresh" = yes ] ||
		echo "link set dev $rc_lxc_link $(rc_lxc_kind_words)"
	[ -z "$link_mac" ] || echo "link set dev $rc_lxc_link address $link_mac"
}
