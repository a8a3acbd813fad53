# shellcheck shell=sh
# shellcheck disable=SC3043,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# A packet has to be accepted by every table: an accept of ours means nothing to a drop of another one. Policies are
# read from one listing; of the chains that accept by policy, only the last rule is looked at. A chain with a rule that
# accepts what comes from bridges of ours, or goes to them, is taken to let it through.

rc_lxc_nft_nl='
'

rc_lxc_nft_warn_drops() {
	local word first second third table='' chain='' hooks=' forward '
	rc_lxc_nft_texts=
	rc_lxc_nft_each_written _rc_lxc_nft_list
	# The host's own packets matter where containers get addresses of it, or the description lets them to it, or it to them.
	! _rc_lxc_nft_has_set 'dhcp_links|out_host' || hooks="$hooks input "
	! _rc_lxc_nft_has_set 'dhcp_links|in_host' || hooks="$hooks output "
	nft list chains 2>/dev/null | while read -r word first second third; do
		case $word in
		table) table="$first $second" ;;
		chain) chain=$first ;;
		type) _rc_lxc_nft_judge "$table" "$chain" "$first $second $third" ;;
		esac
	done
}

_rc_lxc_nft_list() {
	rc_lxc_nft_texts="$rc_lxc_nft_texts$1 "
}

# Is there a set whose name begins with one of $1, of alternatives for grep?
_rc_lxc_nft_has_set() {
	# shellcheck disable=SC2086 # a list of paths without blanks
	grep -Eqs "^	(set|# The same elements .*) ($1)" /dev/null $rc_lxc_nft_texts
}

# In: the table $1, its chain $2, and what follows `type` in its declaration; hooks that matter.
_rc_lxc_nft_judge() {
	local why='' hook text
	case $3 in
	'filter hook '*) ;;
	*) return ;;
	esac
	hook=${3#filter hook }
	hook=${hook%% *}
	case $hooks in
	*" $hook "*) ;;
	*) return ;;
	esac
	case " $rc_lxc_nft_tables " in
	*" $1 "*) return ;;
	esac
	# shellcheck disable=SC2086 # family and name
	text=$(nft -s -t list chain $1 "$2" 2>/dev/null) || return 0
	case $3 in
	*'policy drop;'*) why="policy drop" ;;
	*) ! _rc_lxc_nft_ends_in_drop "$text" || why="a last rule that drops" ;;
	esac
	[ -n "$why" ] && ! _rc_lxc_nft_lets_through "$text" || return 0
	ewarn "Table $1 has a chain at hook $hook with $why, $1 $2: no rule of another table" \
		"overrides that, so let containers through there too"
}

# Does the last rule of a chain, whose listing is $1, drop whatever gets to it?
_rc_lxc_nft_ends_in_drop() {
	local text="${1%"$rc_lxc_nft_nl"*"$rc_lxc_nft_nl"*}"
	text=${text##*[[:cntrl:]]}
	text=${text#counter }
	case $text in
	drop | drop\ * | reject | reject\ *) return 0 ;;
	esac
	return 1
}

_rc_lxc_nft_lets_through() {
	local line
	while read -r line; do
		case $line in
		*[io]'ifname '*'"br'[-*]*' accept'*) return 0 ;;
		esac
	done <<-END
		$1
	END
	return 1
}
