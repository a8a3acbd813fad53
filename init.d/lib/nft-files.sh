# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# What is loaded: the file of the tables that are always there, and one for each network card that containers share,
# nftables-CARD.nft beside it. A table of such a card needs it: older kernels load none without, and lose it with it.

# Calls $1 with the path of each file there is and the name of its card, '' for the first. In: the path $2 of the
# first, the end $3 of their names.
rc_lxc_nft_each_file() {
	local call="$1" path="$2" end="$3" file card status=0
	[ ! -e "$path$end" ] || "$call" "$path$end" '' || status=1
	for file in "$path"-*"$end"; do
		[ -e "$file" ] || continue
		card=${file#"$path-"}
		"$call" "$file" "${card%"$end"}" || status=1
	done
	return "$status"
}

# The same for the files that the description makes.
rc_lxc_nft_each_written() {
	rc_lxc_nft_each_file "$1" "${rc_lxc_nft_file%.nft}" .nft
}

# Is there anything to load? A card that is away takes its file with it.
rc_lxc_nft_written() {
	rc_lxc_nft_found=no
	rc_lxc_nft_each_written _rc_lxc_nft_find
	[ "$rc_lxc_nft_found" = yes ]
}

_rc_lxc_nft_find() {
	rc_lxc_nft_found=yes
}

rc_lxc_nft_card_is_there() {
	[ -z "$1" ] || [ -e "/sys/class/net/$1" ]
}

# Copies what can be loaded now to $run/next and $run/next-CARD, and says which card is not there.
rc_lxc_nft_copy() {
	rm -f "$rc_lxc_nft_run/next" "$rc_lxc_nft_run/next-"*
	rc_lxc_nft_each_written _rc_lxc_nft_copy_one
}

_rc_lxc_nft_copy_one() {
	if ! rc_lxc_nft_card_is_there "$2"; then
		ewarn "The network card $2 is not there: its rules are loaded when a container on it starts"
		return 0
	fi
	cp "$1" "$rc_lxc_nft_run/next${2:+-$2}"
}

# The text of one transaction, from the copies that begin with $1: what was loaded and is to be no more goes, too. $2
# prints the text of a copy; cat by default.
rc_lxc_nft_transaction() {
	local family name file
	rc_lxc_nft_texts=
	rc_lxc_nft_each_file _rc_lxc_nft_take "$1" ''
	rc_lxc_nft_tables_in "$rc_lxc_nft_texts"
	if [ -e "$rc_lxc_nft_run/tables" ]; then
		while read -r family name _; do
			case " $rc_lxc_nft_made " in
			*" $family $name "*) ;;
			*) printf 'table %s %s {\n}\ndelete table %s %s\n' "$family" "$name" "$family" "$name" ;;
			esac
		done <"$rc_lxc_nft_run/tables"
	fi
	for file in $rc_lxc_nft_texts; do "${2:-cat}" "$file" || return 1; done
	rc_lxc_nft_each_file _rc_lxc_nft_macs "$1" ''
	rc_lxc_nft_answers
}

_rc_lxc_nft_take() {
	! rc_lxc_nft_card_is_there "$2" || rc_lxc_nft_texts="$rc_lxc_nft_texts$1 "
}

# Which hardware addresses the host itself sends from: of the card, and of whatever it has on it. No others: who can
# make a macvlan on the card could take that of a veth or a bridge.
_rc_lxc_nft_macs() {
	grep -qs '^	set host_macs {' "$1" && rc_lxc_nft_card_is_there "$2" || return 0
	rc_lxc_nft_macs=
	_rc_lxc_nft_macs_on "$2"
	[ -z "$rc_lxc_nft_macs" ] || echo "add element netdev rc-lxc-$2 host_macs { ${rc_lxc_nft_macs%, } }"
}

# Out: rc_lxc_nft_macs, with those of interface $1 and of all above it.
_rc_lxc_nft_macs_on() {
	local upper mac=
	read -r mac <"/sys/class/net/$1/address"
	case $mac in ??:??:??:??:??:??) rc_lxc_nft_macs="$rc_lxc_nft_macs$mac, " ;; esac
	for upper in "/sys/class/net/$1"/upper_*; do
		[ ! -e "$upper" ] || _rc_lxc_nft_macs_on "${upper##*/upper_}"
	done
} 2>/dev/null

# Out: rc_lxc_nft_made, the pairs of family and name of the tables that the files $1 make: lines `table inet rc-lxc {`.
# They are found by grep: a shell reads byte by byte, which takes seconds where containers are many.
rc_lxc_nft_tables_in() {
	local lines word family name brace
	rc_lxc_nft_made=
	# shellcheck disable=SC2086 # a list of paths without blanks
	lines=$(grep -hs '^[[:blank:]]*table[[:blank:]]' /dev/null $1)
	while read -r word family name brace; do
		[ "$word $brace" = "table {" ] || continue
		case " $rc_lxc_nft_made " in
		*" $family $name "*) ;;
		*) rc_lxc_nft_made="${rc_lxc_nft_made:+$rc_lxc_nft_made }$family $name" ;;
		esac
	done <<-END
		$lines
	END
}

rc_lxc_nft_answer_sets="udp_answers4 udp_answers6 udp_asked4 udp_asked6 other_answers4 other_answers6"

# Who may answer whom where no connections are tracked: the new tables know it as the old ones do. An answer that came
# has prolonged what was given a short time, and nft prints what it would not take: more is left than that time.
rc_lxc_nft_answers() {
	local family name set
	# shellcheck disable=SC2086 # a list of words
	set -- $rc_lxc_nft_made
	while [ $# -ge 2 ]; do
		family=$1 name=$2
		shift 2
		case $family in bridge | netdev) ;; *) continue ;; esac
		for set in $rc_lxc_nft_answer_sets; do
			! grep -qsxF "$family $name $set" "$rc_lxc_nft_run/kept" || continue
			# shellcheck disable=SC2086 # a list of paths without blanks
			! grep -qs "^	set $set {" $rc_lxc_nft_texts || nft list set "$family" "$name" "$set" 2>/dev/null |
				sed 's/ timeout [0-9a-z]* expires / expires /g'
		done
	done
}

# A file for nft that reads those of the description where they are, so that a complaint names their lines.
rc_lxc_nft_included() {
	rc_lxc_nft_each_written _rc_lxc_nft_include
}

_rc_lxc_nft_include() {
	! rc_lxc_nft_card_is_there "$2" || printf 'include "%s"\n' "$1"
}

# Which family of tables does the kernel lack? Says nothing when it has all.
rc_lxc_nft_tell_missing() {
	local family
	rc_lxc_nft_made=
	rc_lxc_nft_each_written _rc_lxc_nft_collect
	for family in bridge arp netdev inet; do
		case " $rc_lxc_nft_all " in *" $family "*) ;; *) continue ;; esac
		nft -c "add table $family rc-lxc-probe" >/dev/null 2>&1 ||
			eerror "The kernel has no nftables of the family $family: it needs CONFIG_NF_TABLES_$(
				echo "$family" | tr '[:lower:]' '[:upper:]'
			)"
	done
}

_rc_lxc_nft_collect() {
	rc_lxc_nft_tables_in "$1"
	rc_lxc_nft_all="${rc_lxc_nft_all:-} $rc_lxc_nft_made"
}
