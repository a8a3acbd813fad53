# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# The watcher: loads the rules again when another program has removed them. What the supervisor knows and ends is
# `nft monitor` itself, in the place of this shell; the loop that reads it ends with it, so nothing is left over.

# shellcheck source=/dev/null
. "@LIBEXECDIR@/nft.sh"
rc_lxc_nft_part nft-files
rc_lxc_nft_part nft-holding

_rc_lxc_nft_tell() {
	! command -v logger >/dev/null 2>&1 || logger -t rc-lxc-nft -p "daemon.$1" "$2"
}

# Our own stop and reload hold the lock until what they did is noted: what differs from that was someone else.
_rc_lxc_nft_restore() {
	local left=10
	[ -s "$rc_lxc_nft_run/tables" ] || return 0
	rc_lxc_nft_compare
	[ -n "$rc_lxc_nft_lost$rc_lxc_nft_foreign" ] || return 0
	until rc_lxc_nft_transaction "$rc_lxc_nft_run/loaded" >"$rc_lxc_nft_run/transaction" &&
		nft -f "$rc_lxc_nft_run/transaction" 2>/dev/null; do
		left=$((left - 1))
		[ "$left" -gt 0 ] || { _rc_lxc_nft_give_up; return 1; }
		sleep 0.1 || sleep 1
	done
	rc_lxc_nft_note
	[ ! -e "$rc_lxc_nft_run/held" ] || rc_lxc_nft_let_pass
	_rc_lxc_nft_tell warning "The packet rules were removed by another program, and are loaded again"
}

# The next event has another try.
_rc_lxc_nft_give_up() {
	_rc_lxc_nft_tell err "The packet rules were removed, and do not load again"
	[ "$rc_lxc_nft_hold" != no ] && [ ! -e "$rc_lxc_nft_run/held" ] || return 0
	rc_lxc_nft_hold_parts
	rc_lxc_hold_all || _rc_lxc_nft_tell err "What passes these interfaces is not held:$rc_lxc_hold_missed"
	_rc_lxc_nft_tell err "What containers send and get is held until they do: see rc-service rc-lxc-nft status"
}

# Waits until `nft monitor` listens, as the kernel's list of sockets has it: family 12 (NETLINK_NETFILTER), the id of
# the process, its groups. Gives up on that after some milliseconds.
_rc_lxc_nft_await_monitor() {
	local family owner groups left=300
	while [ "$left" -gt 0 ]; do
		left=$((left - 1))
		while read -r _ family owner groups _; do
			[ "$family:$owner" != "12:$$" ] || [ "$groups" = 00000000 ] || return 0
		done </proc/net/netlink
	done
}

# What went before `nft monitor` listened shows in the first look. Every line counts, whichever table it names: nft
# also has one for events that it lost. No child may hold the reading end: a writer without a reader is to end.
_rc_lxc_nft_follow() {
	_rc_lxc_nft_await_monitor
	rc_lxc_nft_locked _rc_lxc_nft_restore </dev/null
	while read -r _; do
		rc_lxc_nft_locked _rc_lxc_nft_restore </dev/null
	done
}

rm -f "$rc_lxc_nft_run/events"
mkfifo -m 0600 "$rc_lxc_nft_run/events" || exit 1
echo $$ >"$rc_lxc_nft_run/monitor.pid"
_rc_lxc_nft_follow <"$rc_lxc_nft_run/events" &
exec nft monitor destroy tables >"$rc_lxc_nft_run/events"
