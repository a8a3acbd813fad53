# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# lxc_ready = tcp:PORT and exec:COMMAND. Needs start.sh.

rc_lxc_poll_ready() {
	local nap=0.02
	case $lxc_ready in
	tcp:*) rc_lxc_port_in_hex "${lxc_ready#tcp:}" || return 1 ;;
	esac
	until rc_lxc_is_ready; do
		rc_lxc_still_there && rc_lxc_in_time || return 1
		rc_lxc_nap "$nap"
		case $nap in 0.02) nap=0.05 ;; 0.05) nap=0.1 ;; esac
	done
}

rc_lxc_is_ready() {
	case $lxc_ready in
	tcp:*) rc_lxc_listens ;;
	exec:*) rc_lxc_answers "${lxc_ready#exec:}" ;;
	esac
}

# A container that reboots while it comes up has a new init.
rc_lxc_still_there() {
	[ ! -d "/proc/$rc_lxc_init" ] || return 0
	rc_lxc_look || :
	[ -n "$rc_lxc_init" ]
}

rc_lxc_port_in_hex() {
	case $1 in
	'' | *[!0-9]* | ??????*) rc_lxc_why="lxc_ready is \"$lxc_ready\": the port must be a number"; return 1 ;;
	esac
	rc_lxc_port=$(printf '%04X' "$1")
}

# Does any socket of the container listen on the port? The kernel's tables tell (proc(5), /proc/net/tcp; state 0A
# is LISTEN): no packet is sent, which the service would have to log or a firewall could drop.
rc_lxc_listens() {
	local table local_address state found=1
	for table in "/proc/$rc_lxc_init/net/tcp" "/proc/$rc_lxc_init/net/tcp6"; do
		[ -r "$table" ] || continue
		while read -r _ local_address _ state _; do
			case $local_address:$state in
			*:"$rc_lxc_port":0A) found=0 ;;
			esac
		done <"$table"
	done 2>/dev/null
	return "$found"
}

# A command that hangs is ended with the time that is left.
rc_lxc_answers() {
	rc_lxc_clock
	# For timeout 0 means without a limit.
	[ "$rc_lxc_now" -lt "$rc_lxc_deadline" ] || return 1
	rc_lxc_bounded "$(((rc_lxc_deadline - rc_lxc_now + 99) / 100))" \
		lxc-attach --clear-env -- /bin/sh -c "$1" </dev/null >/dev/null 2>&1
}
