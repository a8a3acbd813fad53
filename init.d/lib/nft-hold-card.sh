# shellcheck shell=sh
# shellcheck disable=SC3043,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# Holding the containers that share a network card with the host. Their interfaces are inside, but what they send to
# the wire and get from it passes the card. Needs nft-hold.sh, and nft-files.sh for the host's hardware addresses.
#
# The filters are programs of classic BPF (networking/filter in the kernel's documentation), each instruction
# `CODE JT JF K`, which return 2 to drop (TC_ACT_SHOT), or -1 to have the next one look (TC_ACT_UNSPEC). Whatever
# their order is, the packet passes that none of them drops.

# Of what passes card $1, only what is the host's is let through: from, and to, a hardware address of the card or of
# what the host has on it, and no address of a container, as the file $2 has them. The host itself is cut off from
# nothing.
rc_lxc_hold_card() {
	[ -e "/sys/class/net/$1" ] || return 0
	if [ -e "$rc_lxc_hold_held" ] && rc_lxc_hold_noted "$1"; then return 0; fi
	case " $rc_lxc_hold_taken " in
	*" $1 "*) ;;
	*)
		if { echo "qdisc add dev $1 clsact"; rc_lxc_hold_card_lines "$1" "$2"; } | rc_lxc_tc -batch - >/dev/null 2>&1; then
			echo "$1 made" >>"$rc_lxc_hold_held"
			return 0
		fi
		rc_lxc_tc qdisc del dev "$1" clsact >/dev/null 2>&1 || :
		rc_lxc_hold_missed="$rc_lxc_hold_missed $1"
		return 1
		;;
	esac
	rc_lxc_hold_beside "$1" rc_lxc_hold_card_lines "$1" "$2" || rc_lxc_hold_missed="$rc_lxc_hold_missed $1"
}

# The lines for tc. Offsets are into the frame, where the kernel has taken out a tag of a VLAN.
rc_lxc_hold_card_lines() {
	rc_lxc_nft_macs=
	_rc_lxc_nft_macs_on "$1"
	rc_lxc_hold_mac_program 6
	rc_lxc_hold_line "$1" egress
	rc_lxc_hold_mac_program 0
	rc_lxc_hold_line "$1" ingress
	rc_lxc_hold_address_lines "$1" "$2" own_addresses4 rc_lxc_hold_begin4 rc_lxc_hold_match4
	rc_lxc_hold_address_lines "$1" "$2" own_addresses6 rc_lxc_hold_begin6 rc_lxc_hold_match6
}

rc_lxc_hold_line() {
	echo "filter add dev $1 $2 pref 1 protocol all bpf da bytecode '$rc_lxc_hold_size,${rc_lxc_hold_code%,}'"
}

# Adds instructions to the program.
rc_lxc_hold_add() {
	local instruction
	for instruction; do
		rc_lxc_hold_code="$rc_lxc_hold_code$instruction,"
		rc_lxc_hold_size=$((rc_lxc_hold_size + 1))
	done
}

# Drops what is of no hardware address of the host's; $1 is where that is, the sender's at 6, the receiver's at 0.
# What is for a group is for the host as well.
rc_lxc_hold_mac_program() {
	local mac a b c d e f
	rc_lxc_hold_code='' rc_lxc_hold_size=0
	[ "$1" = 6 ] || rc_lxc_hold_add '48 0 0 0' '69 0 1 1' '6 0 0 4294967295'
	for mac in $rc_lxc_nft_macs; do
		IFS=: read -r a b c d e f <<-END
			${mac%,}
		END
		rc_lxc_hold_add "32 0 0 $1" "21 0 3 $((0x$a$b$c$d))" "40 0 0 $(($1 + 4))" "21 0 1 $((0x$e$f))" '6 0 0 4294967295'
	done
	rc_lxc_hold_add '6 0 0 2'
}

# The lines about the addresses in the set $3 of the file $2, some hundred in each. In: the functions $4 and $5 that
# begin a program and add an address to it, each for the place of the sender's or of the receiver's.
rc_lxc_hold_address_lines() {
	local way address left all
	all=$(rc_lxc_hold_elements "$2" "$3")
	[ -n "$all" ] || return 0
	for way in egress ingress; do
		left=0
		for address in $all; do
			[ "$left" -gt 0 ] || { left=100 rc_lxc_hold_code='' rc_lxc_hold_size=0; "$4"; }
			"$5" "$way" "$address"
			left=$((left - 1))
			[ "$left" -gt 0 ] || { rc_lxc_hold_add '6 0 0 4294967295'; rc_lxc_hold_line "$1" "$way"; }
		done
		[ "$left" -eq 0 ] || { rc_lxc_hold_add '6 0 0 4294967295'; rc_lxc_hold_line "$1" "$way"; }
	done
}

# The elements of set $2 in the file $1, which has each on a line of its own.
rc_lxc_hold_elements() {
	local line inside=no
	while read -r line; do
		case $inside:$line in
		no:"set $2 {") inside=yes ;;
		yes:*=* | yes:'#'* | yes:type*) ;;
		yes:'}') return ;;
		yes:*) echo "${line%,}" ;;
		esac
	done <"$1"
}

rc_lxc_hold_begin4() {
	rc_lxc_hold_add '40 0 0 12' '21 1 0 2048' '6 0 0 4294967295'
}

rc_lxc_hold_match4() {
	local a b c d at=26
	[ "$1" = egress ] || at=30
	IFS=. read -r a b c d <<-END
		$2
	END
	rc_lxc_hold_add "32 0 0 $at" "21 0 1 $(((a << 24) + (b << 16) + (c << 8) + d))" '6 0 0 2'
}

rc_lxc_hold_begin6() {
	rc_lxc_hold_add '40 0 0 12' '21 1 0 34525' '6 0 0 4294967295'
}

rc_lxc_hold_match6() {
	local at=22
	[ "$1" = egress ] || at=38
	rc_lxc_hold_words "$2"
	# shellcheck disable=SC2086 # four numbers
	set -- $rc_lxc_hold_number
	rc_lxc_hold_add "32 0 0 $at" "21 0 7 $1" "32 0 0 $((at + 4))" "21 0 5 $2" "32 0 0 $((at + 8))" "21 0 3 $3" \
		"32 0 0 $((at + 12))" "21 0 1 $4" '6 0 0 2'
}

# Out: rc_lxc_hold_number, the IPv6 address $1 as four numbers of 32 bits.
rc_lxc_hold_words() {
	local head="${1%%::*}" tail='' zeros='' IFS=:
	case $1 in
	*::*)
		tail=${1#*::}
		# shellcheck disable=SC2086 # split at colons
		set -- $head $tail
		while [ $# -lt 8 ]; do zeros="$zeros:0"; set -- "$@" 0; done
		;;
	esac
	# shellcheck disable=SC2086 # split at colons
	set -- $head ${zeros#:} $tail
	rc_lxc_hold_number="$((0x$1 << 16 | 0x$2)) $((0x$3 << 16 | 0x$4)) $((0x$5 << 16 | 0x$6)) $((0x$7 << 16 | 0x$8))"
}
