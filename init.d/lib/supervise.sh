# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# What comes after the end of a supervised container. Needs container.sh and verdict.sh.

# Decides what a container's end means. In: $1 the status of lxc-start.
rc_lxc_after() {
	rc_lxc_verdict "$rc_lxc_run.log" "$1"
	rc_lxc_recorded stopping || printf '%s\n%s\n' "$rc_lxc_end" "$rc_lxc_why" >"$rc_lxc_run.ended"
	if rc_lxc_recorded stopping || ! rc_lxc_is_up; then
		rc_lxc_dismiss
		return 0
	fi
	case $rc_lxc_end:$lxc_restart in
	poweroff:* | exit:on-failure)
		rc_lxc_dismiss
		return 0
		;;
	esac
	# Returning is all that a restart needs: supervise-daemon starts this again.
	rc_lxc_may_return || rc_lxc_give_up
}

# Ends the supervisor in order: it marks the service as stopped, and ends this shell. One that was killed before
# cannot.
rc_lxc_dismiss() {
	local mark=no
	if rc_lxc_is_up && ! rc_lxc_recorded stopping; then mark=yes; fi
	rm -f "$rc_lxc_run.crashes" "$rc_lxc_run.up"
	if rc_lxc_is "$PPID" supervise-daemo; then
		kill -s TERM "$PPID"
		rc_lxc_await_term
	elif [ "$mark" = yes ]; then
		"$rc_lxc_sbin/mark_service_stopped" "$rc_lxc_svc"
	fi
}

# A supervisor that learns of its child's death and of its own end at once waits seven seconds for a zombie
# (OpenRC 0.45 to 0.63): so this shell stays until the supervisor's SIGTERM ends it. That takes less than a
# millisecond, and a sleep would outlive this shell.
rc_lxc_await_term() {
	local end
	rc_lxc_clock
	end=$((rc_lxc_now + 200))
	while [ "$rc_lxc_now" -lt "$end" ]; do rc_lxc_clock; done
}

# Is this end within the bound? Keeps the times of the ends of the last lxc_restart_period seconds.
rc_lxc_may_return() {
	local times='' recent='' count=0 time
	[ "$lxc_restart_max" -gt 0 ] || return 0
	if [ -r "$rc_lxc_run.crashes" ]; then read -r times <"$rc_lxc_run.crashes" || :; fi
	rc_lxc_clock
	for time in $times; do
		[ "$((rc_lxc_now - time))" -le "$((lxc_restart_period * 100))" ] || continue
		recent="$recent $time" count=$((count + 1))
	done
	printf '%s\n' "$recent $rc_lxc_now" >"$rc_lxc_run.crashes"
	[ "$count" -lt "$lxc_restart_max" ]
}

# A crash loop. supervise-daemon's own bound would leave the service as stopped, and `rc-status --crashed` lists
# only services that are started and whose daemon is gone: so the supervisor is ended without a chance to tidy up.
rc_lxc_give_up() {
	printf '%s\n%s\n' failed \
		"given up after $lxc_restart_max restarts within $lxc_restart_period seconds: $rc_lxc_why" >"$rc_lxc_run.ended"
	rc_lxc_is "$PPID" supervise-daemo && kill -s KILL "$PPID"
	# Without the PID of its child rc-status calls the service crashed rather than unsupervised.
	rm -f "$rc_lxc_svcdir/supervise-$rc_lxc_svc.ctl" "$rc_lxc_svcdir/options/$rc_lxc_svc/child_pid"
	"$rc_lxc_sbin/mark_service_failed" "$rc_lxc_svc"
}
