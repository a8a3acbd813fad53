# shellcheck shell=sh
# shellcheck disable=SC3043,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# A packet has to be accepted by every table: an accept of ours means nothing to a drop of another one. Policies are
# read from one listing; of the chains that accept by policy, only the last rule is looked at.

rc_lxc_nft_nl='
'

rc_lxc_nft_warn_drops() {
	local word first second third table='' chain=''
	nft list chains 2>/dev/null | while read -r word first second third; do
		case $word in
		table) table="$first $second" ;;
		chain) chain=$first ;;
		type) _rc_lxc_nft_judge "$table" "$chain" "$first $second $third" ;;
		esac
	done
}

# In: the table $1, its chain $2, and what follows `type` in its declaration.
_rc_lxc_nft_judge() {
	local why=''
	case $3 in
	'filter hook forward '*) ;;
	*) return ;;
	esac
	case " $rc_lxc_nft_tables " in
	*" $1 "*) return ;;
	esac
	case $3 in
	*'policy drop;'*) why="policy drop" ;;
	*) _rc_lxc_nft_ends_in_drop "$1" "$2" && why="a last rule that drops" ;;
	esac
	[ -z "$why" ] || ewarn "Table $1 has a chain at hook forward with $why, $1 $2: no rule of another table" \
		"overrides that, so let containers through there too"
}

# Does the last rule of chain $2 in table $1 drop whatever gets to it?
_rc_lxc_nft_ends_in_drop() {
	local text
	# shellcheck disable=SC2086 # family and name
	text=$(nft -s -t list chain $1 "$2" 2>/dev/null) || return 1
	text=${text%"$rc_lxc_nft_nl"*"$rc_lxc_nft_nl"*}
	text=${text##*[[:cntrl:]]}
	case ${text#counter } in
	drop | drop\ * | reject | reject\ *) return 0 ;;
	esac
	return 1
}
