# shellcheck shell=sh
# shellcheck disable=SC3043,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# While no rules are loaded, what containers send and get is held: dropped at the ends of their interfaces, by filters
# of traffic control, which are none of nftables' and which nobody inside can lift. Its being a port that forwards
# could not hold a container: the kernel lets a port forward again when the carrier comes back, and root inside can
# make it go and come. Needs port.sh, and nft-hold-card.sh for cards; every caller holds the lock.
#
# /run/rc-lxc-nft/held is there as long as new interfaces are to be held, too. Lines NAME HOW:
#   made    the interface had no filters before: all there is of them is ours
#   added   it has others as well, beside which ours are those of preference 1
#   down    the kernel or the host has no such filters: the interface is down. What the host had for it comes back
#           with it, as /etc/rc-lxc/ports has it

rc_lxc_hold_held=/run/rc-lxc-nft/held

# Classic BPF of one instruction: drop (TC_ACT_SHOT).
rc_lxc_hold_drop='6 0 0 2'

# iproute2's tc by its path: busybox's shell may take a tc of its own for a bare name, which knows no such filters.
rc_lxc_tc() {
	local dir IFS=:
	for dir in $PATH; do
		[ -x "$dir/tc" ] || continue
		"$dir/tc" "$@"
		return
	done
	return 127
}

# Holds the interface of every container, and of what passes a card what is a container's: of those cards that a file
# loaded-CARD is there for. Out: rc_lxc_hold_missed, the interfaces that could not be held.
rc_lxc_hold_all() {
	local veth free='' file
	rc_lxc_hold_missed=
	: >>"$rc_lxc_hold_held" || return 1
	rc_lxc_hold_look
	for veth in $(rc_lxc_hold_ports); do
		case " $rc_lxc_hold_taken " in
		*" $veth "*) rc_lxc_hold_one "$veth" ;;
		*) free="$free $veth" ;;
		esac
	done
	# shellcheck disable=SC2086 # a list of names
	rc_lxc_hold_free $free || for veth in $free; do rc_lxc_hold_one "$veth"; done
	for file in "${rc_lxc_hold_held%/held}/loaded-"*; do
		[ ! -e "$file" ] || rc_lxc_hold_card "${file##*/loaded-}" "$file"
	done
	[ -z "$rc_lxc_hold_missed" ]
}

# The same for the new interface $1, if others are held.
rc_lxc_hold_join() {
	[ -e "$rc_lxc_hold_held" ] || return 0
	rc_lxc_hold_missed=
	rc_lxc_hold_look
	rc_lxc_hold_one "$1"
	[ -z "$rc_lxc_hold_missed" ]
}

# The hosts' ends of running containers' interfaces.
rc_lxc_hold_ports() {
	local veth
	[ -r /etc/rc-lxc/ports ] || return 0
	while read -r veth _; do
		case $veth in '' | '#'*) continue ;; esac
		[ ! -e "/sys/class/net/$veth" ] || echo "$veth"
	done </etc/rc-lxc/ports
}

# Out: rc_lxc_hold_taken, the interfaces that have filters, or the place for them.
rc_lxc_hold_look() {
	local kind word name
	rc_lxc_hold_taken=
	while read -r _ kind _ word name _; do
		case $kind:$word in
		clsact:dev | ingress:dev) rc_lxc_hold_taken="$rc_lxc_hold_taken $name" ;;
		esac
	done <<-END
		$(rc_lxc_tc qdisc show 2>/dev/null)
	END
}

# Holds interfaces that have no filters, all or none. A kernel may have only one of the ways to drop everything.
rc_lxc_hold_free() {
	local filter name
	[ $# -gt 0 ] || return 0
	for filter in "bpf da bytecode '1,$rc_lxc_hold_drop'" 'matchall action drop'; do
		if for name; do
			echo "qdisc add dev $name clsact"
			rc_lxc_hold_lines "$name" "$filter"
		done | rc_lxc_tc -batch - >/dev/null 2>&1; then
			for name; do echo "$name made"; done >>"$rc_lxc_hold_held"
			return 0
		fi
		for name; do echo "qdisc del dev $name clsact"; done | rc_lxc_tc -force -batch - >/dev/null 2>&1 || :
	done
	return 1
}

rc_lxc_hold_lines() {
	echo "filter add dev $1 ingress pref 1 protocol all $2"
	echo "filter add dev $1 egress pref 1 protocol all $2"
}

# Holds interface $1 in whatever way there is.
rc_lxc_hold_one() {
	[ -e "/sys/class/net/$1" ] || return 0
	case " $rc_lxc_hold_taken " in
	*" $1 "*)
		! rc_lxc_hold_noted "$1" || return 0
		rc_lxc_hold_beside "$1" rc_lxc_hold_lines "$1" "bpf da bytecode '1,$rc_lxc_hold_drop'" && return 0
		;;
	*) rc_lxc_hold_free "$1" && return 0 ;;
	esac
	rc_lxc_find_ip
	echo "$1 down" >>"$rc_lxc_hold_held"
	"$rc_lxc_ip" link set dev "$1" down || rc_lxc_hold_missed="$rc_lxc_hold_missed $1"
} 2>/dev/null

# Is the interface $1, which has filters, held already?
rc_lxc_hold_noted() {
	local name how
	while read -r name how; do
		[ "$name" != "$1" ] || [ "$how" = down ] || return 0
	done <"$rc_lxc_hold_held"
	return 1
}

# Puts filters on interface $1 beside others that are not ours: the lines that $2 and what follows prints.
rc_lxc_hold_beside() {
	local way name="$1"
	shift
	for way in ingress egress; do
		[ -z "$(rc_lxc_tc filter show dev "$name" "$way" pref 1 2>&1)" ] || return 1
	done
	if "$@" | rc_lxc_tc -batch - >/dev/null 2>&1; then
		echo "$name added" >>"$rc_lxc_hold_held"
		return 0
	fi
	rc_lxc_hold_unlines "$name" | rc_lxc_tc -force -batch - >/dev/null 2>&1 || :
	return 1
}

rc_lxc_hold_unlines() {
	echo "filter del dev $1 ingress pref 1"
	echo "filter del dev $1 egress pref 1"
}

# Lets everything pass again.
rc_lxc_hold_end() {
	local name how left=''
	[ -e "$rc_lxc_hold_held" ] || return 0
	if ! rc_lxc_hold_undo | rc_lxc_tc -force -batch - >/dev/null 2>&1; then
		rc_lxc_hold_look
	else
		rc_lxc_hold_taken=
	fi
	while read -r name how; do
		[ -e "/sys/class/net/$name" ] || continue
		case $how in
		down) rc_lxc_hold_up "$name" && continue ;;
		made) case " $rc_lxc_hold_taken " in *" $name "*) ;; *) continue ;; esac ;;
		added) [ -n "$(rc_lxc_tc filter show dev "$name" ingress pref 1 2>&1)" ] || continue ;;
		esac
		left="$left$name $how
"
	done <"$rc_lxc_hold_held"
	rm -f "$rc_lxc_hold_held"
	[ -n "$left" ] || return 0
	printf '%s' "$left" >"$rc_lxc_hold_held"
	return 1
}

# The lines for tc that take back what was made and added.
rc_lxc_hold_undo() {
	local name how
	while read -r name how; do
		[ -e "/sys/class/net/$name" ] || continue
		case $how in
		made) echo "qdisc del dev $name clsact" ;;
		added) rc_lxc_hold_unlines "$name" ;;
		esac
	done <"$rc_lxc_hold_held"
}

# An interface that was down has lost its routes, addresses and neighbours.
rc_lxc_hold_up() {
	local veth link hostmac mac options
	rc_lxc_find_ip && "$rc_lxc_ip" link set dev "$1" up || return 1
	while read -r veth link hostmac mac options; do
		[ "$veth" = "$1" ] || continue
		rc_lxc_port_set "$veth" "$link" "$hostmac" "${mac:--}" "${options:--}" || return 1
	done </etc/rc-lxc/ports
} 2>/dev/null
