# shellcheck shell=sh
# shellcheck disable=SC3043,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# Who may answer whom where no connections are tracked is in sets that may have hundreds of thousands of elements. Where
# such a set stays what it is, its table is emptied around it in place of being made anew: nft then neither reads nor
# writes its elements, and nothing is forgotten of what is asked meanwhile. A chain that someone else has put into that
# table stays as well, but is empty. Needs nft-files.sh and nft.sh.

# Loads the copies that begin with $run/next in that way. Fails, with nothing changed, where there is nothing to keep,
# or where the kernel's tables are not as they were loaded.
rc_lxc_nft_load_around() {
	: >"$rc_lxc_nft_run/kept"
	set -- 1
	if [ -s "$rc_lxc_nft_run/tables" ] &&
		rc_lxc_nft_transaction "$rc_lxc_nft_run/next" _rc_lxc_nft_around >"$rc_lxc_nft_run/transaction" &&
		[ -s "$rc_lxc_nft_run/kept" ]; then
		nft -f "$rc_lxc_nft_run/transaction" 2>/dev/null && set -- 0
	fi
	rm -f "$rc_lxc_nft_run/kept"
	return "$1"
}

# Loads them with every table made anew, and what is to be kept in it as text.
rc_lxc_nft_load_anew() {
	rc_lxc_nft_transaction "$rc_lxc_nft_run/next" >"$rc_lxc_nft_run/transaction" || return 1
	nft -f "$rc_lxc_nft_run/transaction" 2>/dev/null && return
	rc_lxc_nft_check && rc_lxc_nft_say "nft did not load $rc_lxc_nft_file" nft -f "$rc_lxc_nft_run/transaction"
	[ -z "$rc_lxc_why" ]
}

# The text of copy $1. A table with sets that stay does not begin with its removal, but with that of all else in it:
# rules first, then the maps whose elements name chains.
_rc_lxc_nft_around() {
	local loaded="$rc_lxc_nft_run/loaded${1#"$rc_lxc_nft_run/next"}"
	[ -e "$loaded" ] || { cat "$1"; return; }
	awk -v kept="$rc_lxc_nft_run/kept" -v names=" $rc_lxc_nft_answer_sets " '
		FNR == 1 { copy++; set = "" }
		copy == 2 { text[++lines] = $0 }
		$1 == "table" && $4 == "{" { table = $2 " " $3 }
		/^\t(set|map|chain) [^ ]+ {$/ {
			if (copy == 1) { count++; kind[count] = $1; name[count] = $2; home[count] = table }
			set = $1 == "set" && index(names, " " $2 " ") ? table " " $2 : ""
		}
		set != "" { definition[copy, set] = definition[copy, set] $0 "\n" }
		$0 == "\t}" { set = "" }

		function stays(set) { return definition[1, set] != "" && definition[1, set] == definition[2, set] }
		function remove(table, what, i) {
			for (i = 1; i <= count; i++)
				if (home[i] == table && kind[i] == what && !stays(table " " name[i]))
					print "delete " what " " table " " name[i]
		}
		END {
			for (i = 1; i <= count; i++)
				if (stays(home[i] " " name[i])) { print home[i] " " name[i] >>kept; around[home[i]] = 1 }
			for (i = 1; i <= lines; i++) {
				split(text[i], word)
				table = word[2] " " word[3]
				if (text[i + 2] == "delete table " table && around[table]) {
					print "flush table " table
					remove(table, "map"); remove(table, "chain"); remove(table, "set")
					i += 2
				} else print text[i]
			}
		}
	' "$loaded" "$1"
}
