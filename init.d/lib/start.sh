# shellcheck shell=sh
# shellcheck disable=SC3043,SC3045,SC2034,SC2154 # dash, bash and busybox have local and ulimit -S; variables are shared between files
#
# Starting a container, and taking nothing for granted about how that ends. Needs container.sh, check.sh (which
# has looked at the container already) and stop.sh.

rc_lxc_start() {
	ebegin "Starting LXC container $lxc_name"
	case $rc_lxc_state in
	STOPPED) ;;
	RUNNING | FROZEN) rc_lxc_adopt; eend $?; return ;;
	*)
		eend 1 "LXC is busy with $lxc_name ($rc_lxc_state)"
		return 1
		;;
	esac
	rc_lxc_clock
	rc_lxc_deadline=$((rc_lxc_now + lxc_ready_timeout * 100))
	rc_lxc_why=
	if rc_lxc_prepare && rc_lxc_bring_up && rc_lxc_wait_ready; then
		rc_lxc_note_up
		eend 0
		return 0
	fi
	rc_lxc_failed
}

# What an earlier life has left is in the way: files, and, where its monitor was killed, much more.
rc_lxc_prepare() {
	[ -d /run/rc-lxc ] || mkdir -p /run/rc-lxc || return 1
	if [ -e "$rc_lxc_run.log" ]; then
		rc_lxc_clear
	else
		rc_lxc_sweep
	fi || { rc_lxc_why="what is left of its last life could not be removed"; return 1; }
	export lxc_name lxc_path lxc_config lxc_veths lxc_aslr lxc_restart lxc_restart_max lxc_restart_period
	# supervise-daemon takes RC_* out of the environment.
	export rc_lxc_run rc_lxc_svc="$RC_SVCNAME" rc_lxc_svcdir="$RC_SVCDIR" rc_lxc_sbin="$RC_LIBEXECDIR/sbin"
	export rc_lxc_nl rc_lxc_hooks
	rc_lxc_hook
	rc_lxc_links_up
	: >"$rc_lxc_run.log"
}

# A card without addresses has no service that brings it up, and what shares it would have no carrier.
rc_lxc_links_up() {
	local link flags
	for link in $lxc_links; do
		read -r flags <"/sys/class/net/$link/flags" || continue
		[ "$((flags & 1))" -eq 1 ] || ip link set dev "$link" up || ewarn "$link could not be brought up"
	done 2>/dev/null
}

# Out: rc_lxc_hooks, arguments of lxc-start, one a line: LXC runs them for the interfaces of lxc_ports.
rc_lxc_hook() {
	local index rest
	rc_lxc_hooks=
	while read -r index rest; do
		[ -z "$index" ] ||
			rc_lxc_hooks="$rc_lxc_hooks-s${rc_lxc_nl}lxc.net.$index.script.up=/bin/sh @LIBEXECDIR@/veth.sh $rest$rc_lxc_nl"
	done <<-END
		$lxc_ports
	END
}

# Out: rc_lxc_init.
rc_lxc_bring_up() {
	case $lxc_restart in
	no) rc_lxc_daemon ;;
	*) rc_lxc_supervised ;;
	esac
}

# lxc-start -d returns when the container runs, or has failed to.
rc_lxc_daemon() {
	local IFS="$rc_lxc_nl"
	# shellcheck disable=SC2086 # a list of lines
	set -- $rc_lxc_hooks
	unset IFS
	set -- "$@" -n "$lxc_name" -P "$lxc_path" -f "$lxc_config" -d -q -p "$rc_lxc_run.pid" \
		-o "$rc_lxc_run.log" -l INFO -s "lxc.hook.post-stop=/bin/sh @LIBEXECDIR@/post-stop.sh"
	if [ "$lxc_aslr" = no ]; then
		set -- setarch "$(uname -m)" -R lxc-start "$@"
	else
		set -- lxc-start "$@"
	fi
	rc_lxc_tries=50
	until "$@" </dev/null >/dev/null 2>&1; do rc_lxc_last_life || return 1; done
	rc_lxc_register
	rc_lxc_read_pid "$rc_lxc_run.pid"
	[ -n "$rc_lxc_pid" ] && rc_lxc_init_of "$rc_lxc_pid" && return 0
	# A kernel without CONFIG_PROC_CHILDREN, or a container that is gone already.
	rc_lxc_look
	[ -n "$rc_lxc_init" ]
}

# Is the network of the container's last life still in the way? The kernel takes it down some time after its end, and
# until then a macvlan of it has the address that the new one is to have.
rc_lxc_last_life() {
	rc_lxc_tries=$((rc_lxc_tries - 1))
	[ "$rc_lxc_tries" -gt 0 ] && grep -qsi 'address already in use' "$rc_lxc_run.log" || return 1
	rc_lxc_nap 0.05
	: >"$rc_lxc_run.log"
}

# Tells OpenRC which daemon is the service's, so that rc-status sees when it is gone. This is what OpenRC's own
# start-stop-daemon records; where dpkg's comes first in PATH, as on Debian, nothing would be recorded.
rc_lxc_register() {
	local dir="$RC_SVCDIR/daemons/$RC_SVCNAME"
	[ -d "$dir" ] || mkdir -p "$dir" || return 1
	printf 'exec=lxc-start\npidfile=%s\n' "$rc_lxc_run.pid" >"$dir/001"
}

# supervise-daemon returns at once, and nothing in sh can wait for what happens then.
rc_lxc_supervised() {
	rc_lxc_supervise || return 1
	while [ -e "$rc_lxc_run.supervisor" ] && [ ! -e "$rc_lxc_run.ended" ]; do
		if rc_lxc_has_init; then
			rc_lxc_ask || :
			[ "$rc_lxc_state" != RUNNING ] || [ -z "$rc_lxc_init" ] || return 0
		fi
		rc_lxc_in_time || return 1
		rc_lxc_nap 0.001
	done
	return 1
}

# supervise-daemon goes through every file descriptor that the limit allows, which takes tens of milliseconds where
# that is a million: it gets a low limit, and supervised.sh restores it.
rc_lxc_supervise() {
	export rc_lxc_files
	rc_lxc_files=$(ulimit -S -n)
	ulimit -S -n 1024 2>/dev/null || :
	supervise-daemon "$RC_SVCNAME" --start --pidfile "$rc_lxc_run.supervisor" \
		--respawn-max "$((lxc_restart_max ? lxc_restart_max + 2 : 0))" --respawn-period "$((lxc_restart_period + 1))" \
		--retry TERM/2/KILL/5 /bin/sh -- "@LIBEXECDIR@/supervised.sh"
	set -- $?
	ulimit -S -n "$rc_lxc_files" 2>/dev/null || :
	return "$1"
}

# Is it worth asking LXC? Only when its monitor has a child that is the container's own program by now. Costs no
# process, unlike asking. True where the kernel cannot tell (CONFIG_PROC_CHILDREN).
rc_lxc_has_init() {
	local children='' child
	rc_lxc_read_pid "$rc_lxc_run.pid"
	[ -n "$rc_lxc_pid" ] || return 1
	[ -r "/proc/$rc_lxc_pid/task/$rc_lxc_pid/children" ] || return 0
	{ read -r children <"/proc/$rc_lxc_pid/task/$rc_lxc_pid/children"; } 2>/dev/null || :
	for child in $children; do
		rc_lxc_is_named "$child" lxc-start || return 0
	done
	return 1
}

rc_lxc_in_time() {
	rc_lxc_clock
	[ "$rc_lxc_now" -lt "$rc_lxc_deadline" ] && return 0
	rc_lxc_why="it was not ready ($lxc_ready) within $lxc_ready_timeout seconds"
	return 1
}

# Waits until the container is ready, as lxc_ready defines it.
rc_lxc_wait_ready() {
	case $lxc_ready in
	running)
		[ -d "/proc/$rc_lxc_init" ] || return 1
		;;
	*)
		# shellcheck source=/dev/null
		. "@LIBEXECDIR@/ready.sh"
		rc_lxc_poll_ready
		;;
	esac
}

# From here on an end of the container is no failure of this start. Keeps where its cgroups are, and its limits.
rc_lxc_note_up() {
	local payload='' warden=''
	rc_lxc_read_pid "$rc_lxc_run.pid"
	rc_lxc_group_of "$rc_lxc_init" && payload=$rc_lxc_group
	[ -z "$rc_lxc_pid" ] || { rc_lxc_group_of "$rc_lxc_pid" && warden=$rc_lxc_group; }
	printf '%s\n%s\n%s' "$payload" "$warden" "$rc_lxc_limits" >"$rc_lxc_run.up"
}

# Out: rc_lxc_group, the cgroup of process $1 without its leading slash: of version 2, where that is in use.
rc_lxc_group_of() {
	local line
	rc_lxc_group=
	while read -r line; do
		case $line in
		0::/?* | *:*:/lxc.*) rc_lxc_group=${line#*:*:/} ;;
		esac
	done <"/proc/$1/cgroup"
	[ -n "$rc_lxc_group" ]
} 2>/dev/null

# Takes over a container that runs already.
rc_lxc_adopt() {
	[ -d /run/rc-lxc ] || mkdir -p /run/rc-lxc || return 1
	rc_lxc_forget
	rc_lxc_stat "$rc_lxc_init" || return 1
	einfo "$lxc_name runs already (PID $rc_lxc_init): taking it over"
	printf '%s\n' "$rc_lxc_parent" >"$rc_lxc_run.pid"
	rc_lxc_register || return 1
	rc_lxc_adopt_ports
	rc_lxc_note_up
	[ "$lxc_restart" = no ] ||
		ewarn "It is not supervised (lxc_restart=$lxc_restart) until it is restarted as a service"
}

# Nobody may have set up the host's ends of its interfaces.
rc_lxc_adopt_ports() {
	local index veth rest
	while read -r index veth rest; do
		[ -n "$index" ] && [ -e "/sys/class/net/$veth" ] || continue
		# shellcheck disable=SC2086 # a list of words
		/bin/sh "@LIBEXECDIR@/veth.sh" "$veth" $rest || ewarn "It keeps $veth as it is until it is restarted"
	done <<-END
		$lxc_ports
	END
}

# Says why, and takes back everything.
rc_lxc_failed() {
	local line
	if [ -z "$rc_lxc_why" ] && [ -s "$rc_lxc_run.ended" ]; then
		{ read -r _ && read -r rc_lxc_why; } <"$rc_lxc_run.ended"
	fi
	rc_lxc_look || :
	[ "$rc_lxc_state" = STOPPED ] || rc_lxc_kill
	if [ -z "$rc_lxc_why" ]; then
		# shellcheck source=/dev/null
		. "@LIBEXECDIR@/verdict.sh"
		rc_lxc_verdict "$rc_lxc_run.log" 0
		[ "$rc_lxc_end" != exit ] || rc_lxc_why="LXC did not start it"
	fi
	rc_lxc_end_supervisor
	rc_lxc_sweep || :
	eend 1 "$lxc_name did not start: $rc_lxc_why"
	# shellcheck source=/dev/null
	. "@LIBEXECDIR@/verdict.sh"
	rc_lxc_reasons "$rc_lxc_run.log" | while read -r line; do eerror "  $line"; done
	eerror "  (LXC's log: $rc_lxc_run.log)"
	rc_lxc_end_group
	return 1
}

# OpenRC makes a cgroup for a service before it starts, and removes it only after a start that succeeded.
rc_lxc_end_group() {
	[ "$(command -v cgroup2_remove)" != cgroup2_remove ] || cgroup2_remove
}
