# shellcheck shell=sh
# shellcheck disable=SC3043,SC3045,SC2154 # dash, bash and busybox have local, ulimit -S; shared variables
#
# The watcher as a supervised daemon. Needs nft.sh. Its supervisor runs under a name that is no service's: under
# ours it would mark this service as stopped or failed when it ends, though the rules are there.

rc_lxc_nft_watch_pid="$rc_lxc_nft_run/watch.pid"

_rc_lxc_nft_supervise() {
	local name="$RC_SVCNAME.watch" action="$1"
	shift
	RC_SVCNAME="$name" supervise-daemon "$name" "$action" --pidfile "$rc_lxc_nft_watch_pid" "$@"
}

# Brings the watcher to what the settings want. Rules that are not there need none.
rc_lxc_nft_watch_as_set() {
	if ! yesno "$rc_lxc_nft_watch" || [ ! -s "$rc_lxc_nft_run/tables" ]; then
		rc_lxc_nft_watch_end
	elif ! rc_lxc_nft_watched; then
		rc_lxc_nft_watch_end
		rc_lxc_nft_watch_begin
	fi
}

# Does the supervisor live?
rc_lxc_nft_watched() {
	_rc_lxc_nft_lives "$rc_lxc_nft_watch_pid" supervise-daemo
}

# Is the process whose id is in the file $1 the program $2? Out: rc_lxc_nft_pid.
_rc_lxc_nft_lives() {
	local name=''
	rc_lxc_nft_pid=
	{ read -r rc_lxc_nft_pid <"$1" && read -r name <"/proc/$rc_lxc_nft_pid/comm"; } 2>/dev/null || return 1
	[ "$name" = "$2" ]
}

# supervise-daemon goes through every file descriptor that the limit allows, which takes tens of milliseconds where
# that is a million.
rc_lxc_nft_watch_begin() {
	local files
	files=$(ulimit -S -n)
	ulimit -S -n 1024 2>/dev/null || :
	export rc_lxc_nft_hold
	_rc_lxc_nft_supervise --start --respawn-delay 1 --respawn-max 0 --retry TERM/2/KILL/5 \
		/bin/sh -- "@LIBEXECDIR@/nft-watch.sh"
	set -- $?
	ulimit -S -n "$files" 2>/dev/null || :
	return "$1"
}

rc_lxc_nft_watch_end() {
	if rc_lxc_nft_watched; then
		_rc_lxc_nft_supervise --stop
	fi
	# One that has lost its supervisor.
	if _rc_lxc_nft_lives "$rc_lxc_nft_run/monitor.pid" nft; then
		kill "$rc_lxc_nft_pid" 2>/dev/null || :
	fi
	rm -rf "$rc_lxc_nft_watch_pid" "$rc_lxc_nft_run/events" "$rc_lxc_nft_run/monitor.pid" \
		"$RC_SVCDIR/options/$RC_SVCNAME.watch" "$RC_SVCDIR/daemons/$RC_SVCNAME.watch"
}
