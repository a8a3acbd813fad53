# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# What hangs on a link. Needs link.sh.

# Out: rc_lxc_guests, all that hangs on the link, a blank before each: foreign ports of a bridge, interfaces made on the
# link, and those of them that have moved into containers since.
rc_lxc_link_guests() {
	local upper
	rc_lxc_guests=
	for upper in "$rc_lxc_sys/$rc_lxc_link"/upper_*; do
		[ ! -e "$upper" ] || rc_lxc_guests="$rc_lxc_guests ${upper##*/upper_}"
	done
	[ "$link_type" != bridge ] || rc_lxc_guests="$rc_lxc_guests$(rc_lxc_bridge_guests)"
	rc_lxc_guests="$rc_lxc_guests$(rc_lxc_link_far_guests)"
}

# Prints the interfaces on the link that are in other network namespaces. The kernel shows them nowhere on the host,
# and takes them down with the link: so every namespace that a process is in is asked. Two of them may count the same
# index, and a stranger's interface be taken for one of ours: then the link stays for nothing, which harms nobody.
rc_lxc_link_far_guests() {
	local index own proc namespace
	command -v nsenter >/dev/null && read -r index <"$rc_lxc_sys/$rc_lxc_link/ifindex" || return 0
	own=$(stat -L -c %i /proc/self/ns/net) || return 0
	# One process of each namespace; those that end meanwhile are none.
	stat -L -c '%i %n' /proc/[0-9]*/ns/net 2>/dev/null | sort -u -k 1,1 | while read -r namespace proc; do
		[ "$namespace" != "$own" ] || continue
		nsenter "-n$proc" "$rc_lxc_ip" -d -o link show 2>/dev/null </dev/null |
			rc_lxc_link_far_on "$index" "${proc%/ns/net}"
	done
}

# In: lines of ip; the index $1 of the link; a process $2 of that namespace.
rc_lxc_link_far_on() {
	local name line owner=''
	while read -r _ name line; do
		case $name:$line in
		*"@if$1::"*' macvlan mode '* | *"@if$1::"*' macvtap mode '* | *"@if$1::"*' ipvlan '* | *"@if$1::"*' vlan protocol '*) ;;
		*) continue ;;
		esac
		[ -n "$owner" ] || owner=$(rc_lxc_link_owner "$2")
		printf ' %s@%s' "${name%%@*}" "$owner"
	done
}

# Prints whose process $1 is: the container's name, else the number of the process.
rc_lxc_link_owner() {
	local line
	while read -r line; do
		case $line in
		*/lxc.payload.*)
			line=${line#*/lxc.payload.}
			echo "${line%%/*}"
			return
			;;
		esac
	done <"$1/cgroup"
	echo "${1#/proc/}"
} 2>/dev/null
