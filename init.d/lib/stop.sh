# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# Ending a container, in order or not, and clearing away what it leaves. Needs container.sh and halt-signal.sh.

rc_lxc_stop() {
	local result=0
	rc_lxc_look || :
	ebegin "Stopping LXC container $lxc_name"
	case $rc_lxc_state in
	STOPPED) ;;
	*) rc_lxc_halt || rc_lxc_kill || result=1 ;;
	esac
	[ "$result" -ne 0 ] || rc_lxc_clear || result=1
	eend "$result" "$lxc_name did not stop: PID ${rc_lxc_init:-unknown} is still there"
}

# Asks the container's init to end everything and waits lxc_stop_timeout seconds.
rc_lxc_halt() {
	local monitor
	[ -n "$rc_lxc_init" ] || return 1
	rc_lxc_stat "$rc_lxc_init" || :
	monitor=$rc_lxc_parent
	case $rc_lxc_state in
	FROZEN | FREEZING) rc_lxc_bounded 10 lxc-unfreeze >/dev/null 2>&1 || return 1 ;;
	esac
	rc_lxc_halt_signal "$rc_lxc_init"
	# It may have ended meanwhile, and its number be another's.
	! rc_lxc_is_our_init "$rc_lxc_init" || kill -s "$rc_lxc_signal" "$rc_lxc_init" 2>/dev/null ||
		[ ! -d "/proc/$rc_lxc_init" ] || return 1
	if ! rc_lxc_gone "$rc_lxc_init" "$lxc_stop_timeout"; then
		ewarn "$lxc_name did not halt within $lxc_stop_timeout seconds of signal $rc_lxc_signal ($rc_lxc_init_kind): killing it"
		return 1
	fi
	# LXC's monitor still removes cgroups and interfaces and runs hooks.
	rc_lxc_is "$monitor" lxc-start || return 0
	! rc_lxc_hangs "$monitor" && rc_lxc_gone "$monitor" 10
}

# Kills the container. Through LXC first, so that its monitor clears away; then without it.
rc_lxc_kill() {
	local monitor=
	if [ -n "$rc_lxc_init" ] && rc_lxc_stat "$rc_lxc_init" && rc_lxc_is "$rc_lxc_parent" lxc-start; then
		monitor=$rc_lxc_parent
	elif rc_lxc_find_monitor; then
		monitor=$rc_lxc_monitor
	fi
	if ! rc_lxc_hangs "$monitor"; then
		rc_lxc_bounded 5 lxc-stop -k >/dev/null 2>&1 || :
		rc_lxc_gone "$rc_lxc_init" 1 && rc_lxc_gone "$monitor" 5 && return 0
	fi
	! rc_lxc_is_our_init "$rc_lxc_init" || kill -s KILL "$rc_lxc_init" 2>/dev/null || :
	rc_lxc_thaw_by_hand
	rc_lxc_hangs "$monitor" || rc_lxc_gone "$monitor" 3 || :
	# A monitor that hangs itself keeps the container's last process as a zombie.
	rc_lxc_has_ended "$monitor" || ! rc_lxc_is "$monitor" lxc-start || kill -s KILL "$monitor" 2>/dev/null || :
	rc_lxc_gone "$monitor" 2 && rc_lxc_gone "$rc_lxc_init" 5
}

# After the container's end: its supervisor, processes that outlived LXC's monitor, and what lies about.
rc_lxc_clear() {
	rc_lxc_end_supervisor
	rc_lxc_sweep || return 1
	rc_lxc_forget
}

# Removes what the service keeps of the container, name by name: lxc.a and lxc.a.b are two services.
rc_lxc_forget() {
	rm -f "$rc_lxc_run.log" "$rc_lxc_run.pid" "$rc_lxc_run.up" "$rc_lxc_run.ended" "$rc_lxc_run.supervisor" \
		"$rc_lxc_run.crashes"
}

# The supervisor is told to end by supervised.sh. One that is left is ended here.
rc_lxc_end_supervisor() {
	local pid
	[ -e "$rc_lxc_run.supervisor" ] || return 0
	rc_lxc_read_pid "$rc_lxc_run.supervisor"
	pid=$rc_lxc_pid
	if rc_lxc_is "$pid" supervise-daemo && ! rc_lxc_gone "$pid" 2; then
		kill -s TERM "$pid" 2>/dev/null
		rc_lxc_gone "$pid" 10 || kill -s KILL "$pid" 2>/dev/null
	fi
	rm -f "$RC_SVCDIR/supervise-$RC_SVCNAME.ctl"
}

# Removes what a container that died with its monitor leaves: processes, cgroups, host interfaces. Costs no
# process when there is nothing.
rc_lxc_sweep() {
	local veth dir result=0
	rc_lxc_groups
	rc_lxc_end_orphans || result=1
	for dir in "/sys/fs/cgroup/$rc_lxc_payload" "/sys/fs/cgroup/"*"/$rc_lxc_payload" \
		"/sys/fs/cgroup/$rc_lxc_warden" "/sys/fs/cgroup/"*"/$rc_lxc_warden"; do
		! rc_lxc_is_group "$dir" || find "$dir" -depth -type d -exec rmdir {} + 2>/dev/null || :
	done
	for veth in $lxc_veths; do
		[ ! -e "/sys/class/net/$veth" ] || ip link delete dev "$veth" 2>/dev/null || :
	done
	rc_lxc_end_proxies
	[ ! -e "$rc_lxc_run.pid" ] || rm -f "$rc_lxc_run.pid"
	return "$result"
}

# Routes go with the container's veth; that the host answers for its addresses does not.
rc_lxc_end_proxies() {
	local options
	case $lxc_ports in *proxy=*) ;; *) return 0 ;; esac
	# shellcheck source=/dev/null
	. "@LIBEXECDIR@/port.sh"
	rc_lxc_find_ip || return 0
	while read -r _ _ _ _ _ options; do
		rc_lxc_port_proxies delete "$options"
	done <<-END | "$rc_lxc_ip" -force -batch - 2>/dev/null || :
		$lxc_ports
	END
}

rc_lxc_end_orphans() {
	local pid
	rc_lxc_find_orphans
	[ -n "$rc_lxc_orphans" ] || return 0
	ewarn "$lxc_name has processes that outlived LXC's monitor: killing them"
	for pid in $rc_lxc_orphans; do
		! rc_lxc_of_a_guest "$pid" || kill -s KILL "$pid" 2>/dev/null || :
	done
	rc_lxc_thaw_by_hand
	for pid in $rc_lxc_orphans; do
		rc_lxc_gone "$pid" 5 || return 1
	done
}

# cgroup v1 delivers no SIGKILL to a frozen process.
rc_lxc_thaw_by_hand() {
	local file
	rc_lxc_groups
	file="/sys/fs/cgroup/freezer/$rc_lxc_payload/freezer.state"
	[ ! -w "$file" ] || echo THAWED >"$file"
}
