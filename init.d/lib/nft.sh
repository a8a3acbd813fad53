# shellcheck shell=sh
# shellcheck disable=SC3043,SC3045,SC2034,SC2154 # dash, bash and busybox have local, ulimit -S; shared variables
#
# Tables of our own: loaded in one step, told from those of others, brought back, removed.
#
# /run/rc-lxc-nft has:
#   loaded   a copy of what was loaded last, and loaded-CARD of what there is for a network card. They are known to
#            load, whatever has become of the files since
#   tables   lines FAMILY NAME HANDLE, the tables that are loaded. The kernel never gives a handle twice, so that a
#            table of the same name that someone else has loaded is noticed. Absent: the service is stopped
#   held     what is held while no rules are loaded: see nft-hold.sh
#   lock     held while any of these changes
#   events, monitor.pid, watch.pid   of the watcher

rc_lxc_nft_run=/run/rc-lxc-nft

rc_lxc_nft_setup() {
	rc_lxc_why=
	: "${rc_lxc_nft_file:=/etc/rc-lxc/nftables.nft}" "${rc_lxc_nft_sysctl:=/etc/rc-lxc/sysctl}"
	: "${rc_lxc_nft_tables:=}" "${rc_lxc_nft_watch:=yes}" "${rc_lxc_nft_hold:=yes}"
	: "${rc_lxc_nft_saved:=/var/lib/nftables/rules-save}"
	# shellcheck disable=SC2086 # a list of words
	set -- $rc_lxc_nft_tables
	[ $(($# % 2)) -eq 0 ] || {
		eerror "rc_lxc_nft_tables is \"$rc_lxc_nft_tables\": it must be pairs of family and name"
		return 1
	}
	rc_lxc_nft_part nft-files
	rc_lxc_nft_part nft-holding
	rc_lxc_nft_hold_is_known || return 1
	[ -n "$rc_lxc_nft_tables" ] || rc_lxc_nft_find_tables
}

# The tables of ours: those that are loaded, and those that the files make.
rc_lxc_nft_find_tables() {
	local family name
	rc_lxc_nft_all=
	rc_lxc_nft_each_written _rc_lxc_nft_collect
	rc_lxc_nft_tables=${rc_lxc_nft_all# }
	[ -e "$rc_lxc_nft_run/tables" ] || return 0
	while read -r family name _; do
		case " $rc_lxc_nft_tables " in
		*" $family $name "*) ;;
		*) rc_lxc_nft_tables="$rc_lxc_nft_tables $family $name" ;;
		esac
	done <"$rc_lxc_nft_run/tables"
}

rc_lxc_nft_part() {
	# shellcheck source=/dev/null
	. "@LIBEXECDIR@/$1.sh"
}

# Runs $@ while nobody else loads or removes. A child that goes on when this shell is killed still holds the lock.
rc_lxc_nft_locked() {
	[ -d "$rc_lxc_nft_run" ] || mkdir -m 0700 "$rc_lxc_nft_run" || return 1
	{ flock 9 && "$@"; } 9>>"$rc_lxc_nft_run/lock"
}

# The rules come before the settings: what turns forwarding on must not be ahead of what filters it.
rc_lxc_nft_start() {
	rc_lxc_nft_part nft-sysctl
	rc_lxc_nft_locked rc_lxc_nft_load || { rc_lxc_nft_tell_held; return 1; }
	rc_lxc_nft_sysctls || {
		rc_lxc_nft_locked rc_lxc_nft_leave
		rc_lxc_why="a kernel setting of $rc_lxc_nft_sysctl could not be set"
		return 1
	}
	rc_lxc_nft_loaded
}

rc_lxc_nft_reload() {
	rc_lxc_nft_part nft-sysctl
	rc_lxc_nft_locked rc_lxc_nft_load || { rc_lxc_nft_tell_held; return 1; }
	rc_lxc_nft_locked rc_lxc_nft_let_pass || eerror "$rc_lxc_why"
	rc_lxc_nft_sysctls || {
		rc_lxc_why="the rules are loaded, but a kernel setting of $rc_lxc_nft_sysctl could not be set"
		return 1
	}
	rc_lxc_nft_loaded
}

rc_lxc_nft_loaded() {
	rc_lxc_nft_locked rc_lxc_nft_let_pass || eerror "$rc_lxc_why"
	rc_lxc_nft_warn
	rc_lxc_nft_part nft-watcher
	rc_lxc_nft_watch_as_set || ewarn "The rules are loaded, but their watcher did not start"
}

# A restart leaves the rules where they are: the start that follows replaces them in one step. The watcher does
# nothing any more once the tables are gone by our own doing: so it may end last.
rc_lxc_nft_stop() {
	[ "$RC_CMD" = restart ] || rc_lxc_nft_locked rc_lxc_nft_leave || return 1
	rc_lxc_nft_part nft-watcher
	rc_lxc_nft_watch_end
	rc_lxc_nft_come_back
}

# A stop of the distribution's service stops this one. OpenRC starts it again after a restart of that, but not after
# a stop and a start, and containers would go on without their rules: so this service is put down as one to start
# then. That has to wait until OpenRC has noted both stops, since each clears such notes.
rc_lxc_nft_come_back() {
	[ -e "$RC_SVCDIR/stopping/nftables" ] && [ ! -e "$RC_SVCDIR/rc.stopping" ] || return 0
	_rc_lxc_nft_schedule </dev/null >/dev/null 2>&1 &
}

_rc_lxc_nft_schedule() {
	local left=6000
	while [ -e "$RC_SVCDIR/stopping/$RC_SVCNAME" ] || [ -e "$RC_SVCDIR/stopping/nftables" ]; do
		left=$((left - 1))
		[ "$left" -gt 0 ] || return
		sleep 0.005 || sleep 1
	done
	[ ! -e "$RC_SVCDIR/starting/$RC_SVCNAME" ] && [ ! -e "$RC_SVCDIR/started/$RC_SVCNAME" ] || return
	mkdir -p "$RC_SVCDIR/scheduled/nftables"
	ln -s "/etc/init.d/$RC_SVCNAME" "$RC_SVCDIR/scheduled/nftables/$RC_SVCNAME"
}

# Loads the files, or nothing of them. Without any there is to be no table.
rc_lxc_nft_load() {
	rc_lxc_nft_written || { rc_lxc_nft_unload && : >"$rc_lxc_nft_run/tables"; return; }
	command -v nft >/dev/null 2>&1 || { rc_lxc_why="nftables is not installed: there is no nft"; return 1; }
	rc_lxc_nft_copy || return 1
	rc_lxc_nft_part nft-keep
	rc_lxc_nft_load_around || rc_lxc_nft_load_anew || return 1
	rm -f "$rc_lxc_nft_run/loaded" "$rc_lxc_nft_run/loaded-"* "$rc_lxc_nft_run/transaction"
	rc_lxc_nft_each_file _rc_lxc_nft_keep "$rc_lxc_nft_run/next" '' || return 1
	rc_lxc_nft_note
}

_rc_lxc_nft_keep() {
	mv -f "$1" "$rc_lxc_nft_run/loaded${2:+-$2}"
}

# Would it load? Complaints name the lines of the files that were written.
rc_lxc_nft_check() {
	command -v nft >/dev/null 2>&1 || { rc_lxc_why="nftables is not installed: there is no nft"; return 1; }
	rc_lxc_nft_included >"$rc_lxc_nft_run/included" || return 1
	rc_lxc_nft_say "nft does not take $rc_lxc_nft_file" nft -c -f "$rc_lxc_nft_run/included" && return 0
	rc_lxc_nft_tell_missing
	return 1
}

# Runs $2 and what follows. If that fails, says $1 and what it complained about.
rc_lxc_nft_say() {
	local words line failure="$1"
	shift
	words=$("$@" 2>&1) && return 0
	rc_lxc_why="nothing is changed"
	eerror "$failure:"
	while IFS= read -r line; do
		[ -z "$line" ] || eerror "  $line"
	done <<-END
		$words
	END
	return 1
}

# Keeps which tables there are now.
rc_lxc_nft_note() {
	local kept=''
	# shellcheck disable=SC2086 # a list of words
	set -- $rc_lxc_nft_made
	while [ $# -ge 2 ]; do
		if rc_lxc_nft_look "$1" "$2"; then
			kept="$kept$1 $2 $rc_lxc_nft_handle
"
		fi
		shift 2
	done
	printf '%s' "$kept" >"$rc_lxc_nft_run/tables"
}

# Is the table there? Out: rc_lxc_nft_handle. Its first line is `table inet rc-lxc { # handle 5`; `nft list tables`
# gives no handles, and not every nft speaks JSON. Of the listings that have them, with -t
# this one alone fetches no elements of sets (nft 1.0.6): those of many containers take long.
rc_lxc_nft_look() {
	local text
	rc_lxc_nft_handle=
	text=$(nft -a -t list ruleset "$1" 2>/dev/null | grep -F "table $1 $2 {") || return 1
	text=${text%%"
"*}
	case $text in
	*'# handle '*) rc_lxc_nft_handle=${text##*'# handle '} ;;
	esac
}

# Out: rc_lxc_nft_lost and rc_lxc_nft_foreign, the first table that is gone, and the first that someone else loaded.
rc_lxc_nft_compare() {
	local family name handle
	rc_lxc_nft_lost='' rc_lxc_nft_foreign=''
	while read -r family name handle; do
		if ! rc_lxc_nft_look "$family" "$name"; then
			: "${rc_lxc_nft_lost:=$family $name}"
		elif [ "$handle" != "$rc_lxc_nft_handle" ]; then
			: "${rc_lxc_nft_foreign:=$family $name}"
		fi
	done <"$rc_lxc_nft_run/tables"
}

# Our tables, and no others. Adding first makes it no error when one is gone already.
rc_lxc_nft_unload() {
	local commands=''
	rm -f "$rc_lxc_nft_run/tables" "$rc_lxc_nft_run/loaded" "$rc_lxc_nft_run/loaded-"* "$rc_lxc_nft_run/next" \
		"$rc_lxc_nft_run/next-"* "$rc_lxc_nft_run/included" "$rc_lxc_nft_run/transaction" || return 1
	command -v nft >/dev/null 2>&1 || return 0
	# shellcheck disable=SC2086 # a list of words
	set -- $rc_lxc_nft_tables
	while [ $# -ge 2 ]; do
		commands="${commands}add table $1 $2; delete table $1 $2; "
		shift 2
	done
	[ -z "$commands" ] || rc_lxc_nft_say "nft does not remove $rc_lxc_nft_tables" nft "$commands"
}

rc_lxc_nft_warn() {
	command -v nft >/dev/null 2>&1 || return 0
	rc_lxc_nft_part nft-drops
	rc_lxc_nft_warn_drops
	rc_lxc_nft_warn_saved
}

# What is saved of ours comes back at boot as it was, whatever the file says by then.
rc_lxc_nft_warn_saved() {
	local family name
	# shellcheck disable=SC2086 # a list of words
	set -- $rc_lxc_nft_tables
	while [ $# -ge 2 ]; do
		family=$1 name=$2
		shift 2
		! grep -qsF "table $family $name {" "$rc_lxc_nft_saved" ||
			ewarn "$rc_lxc_nft_saved holds a copy of table $family $name: take it out of there"
	done
}

rc_lxc_nft_status() {
	rc_lxc_nft_part nft-watcher
	if [ ! -e "$RC_SVCDIR/started/$RC_SVCNAME" ]; then
		rc_lxc_nft_status_stopped
		return
	fi
	if [ ! -e "$rc_lxc_nft_run/tables" ]; then
		eerror "status: crashed: $rc_lxc_nft_run was emptied: rc-service $RC_SVCNAME restart"
		return 32
	fi
	# Tables that the watcher is loading again are not noted yet.
	rc_lxc_nft_locked rc_lxc_nft_compare
	if [ -n "$rc_lxc_nft_lost" ]; then
		eerror "status: crashed: table $rc_lxc_nft_lost is gone: rc-service $RC_SVCNAME reload"
		return 32
	fi
	einfo "status: started"
	rc_lxc_nft_tell_held
	[ -z "$rc_lxc_nft_foreign" ] ||
		ewarn "Table $rc_lxc_nft_foreign is not the one that was loaded here: rc-service $RC_SVCNAME reload"
	rc_lxc_nft_each_written _rc_lxc_nft_same || :
	if yesno "$rc_lxc_nft_watch" && [ -s "$rc_lxc_nft_run/tables" ] && ! rc_lxc_nft_watched; then
		ewarn "The watcher is gone, which loads the rules again when another program removes them:" \
			"rc-service $RC_SVCNAME reload"
	fi
	rc_lxc_nft_warn
	return 0
}

_rc_lxc_nft_same() {
	! rc_lxc_nft_card_is_there "$2" || cmp -s "$1" "$rc_lxc_nft_run/loaded${2:+-$2}" ||
		ewarn "$1 has changed since it was loaded: rc-service $RC_SVCNAME reload"
}

rc_lxc_nft_status_stopped() {
	einfo "status: stopped"
	rc_lxc_nft_tell_held
	# shellcheck disable=SC2086 # a list of words
	set -- $rc_lxc_nft_tables
	while [ $# -ge 2 ]; do
		! rc_lxc_nft_look "$1" "$2" || ewarn "Table $1 $2 is there, though: someone else has loaded it"
		shift 2
	done
	return 3
}

rc_lxc_nft_checkconfig() {
	local status=0
	rc_lxc_nft_part nft-sysctl
	if ! rc_lxc_nft_written; then
		einfo "There are no rules to load: $rc_lxc_nft_file is not there"
	elif rc_lxc_nft_locked rc_lxc_nft_check; then
		einfo "nft takes $rc_lxc_nft_file"
	else
		status=1
	fi
	rc_lxc_nft_sysctls_check || status=1
	rc_lxc_nft_warn
	return "$status"
}
