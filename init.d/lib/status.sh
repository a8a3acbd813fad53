# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# One line of truth about a container. LXC and the kernel are asked first; where OpenRC's record differs, the line
# says so. Exit status as OpenRC's own: 0 started, 3 stopped, 4 stopping, 8 starting, 32 crashed, 64 unsupervised.

rc_lxc_status() {
	rc_lxc_look || :
	if rc_lxc_recorded stopping; then
		ewarn "status: stopping"
		return 4
	elif rc_lxc_recorded starting; then
		ewarn "status: starting"
		return 8
	fi
	case $rc_lxc_state in
	RUNNING) rc_lxc_status_running ;;
	FROZEN) einfo "status: started, but frozen (rc-service $RC_SVCNAME thaw)" ;;
	STOPPED) rc_lxc_status_stopped ;;
	STARTING) ewarn "status: starting"; return 8 ;;
	STOPPING | ABORTING) ewarn "status: stopping (LXC: $rc_lxc_state)"; return 4 ;;
	*) einfo "status: started (LXC: $rc_lxc_state)" ;;
	esac
}

rc_lxc_status_running() {
	rc_lxc_find_supervisor
	if ! rc_lxc_recorded started; then
		einfo "status: started by hand (PID $rc_lxc_init); OpenRC has it as stopped:" \
			"rc-service $RC_SVCNAME start takes it over"
	elif [ "$rc_lxc_supervisor" = dead ]; then
		eerror "status: unsupervised (PID $rc_lxc_init): its supervisor was killed, nothing restarts it:" \
			"rc-service $RC_SVCNAME restart"
		return 64
	elif [ "$rc_lxc_supervisor:$lxc_restart" = none:always ] || [ "$rc_lxc_supervisor:$lxc_restart" = none:on-failure ]; then
		einfo "status: started (PID $rc_lxc_init), not supervised until it is restarted"
	else
		einfo "status: started (PID ${rc_lxc_init:-unknown})${rc_lxc_blind:+; but $rc_lxc_blind}"
	fi
}

rc_lxc_status_stopped() {
	local kind='' why=''
	rc_lxc_find_orphans
	if [ -n "$rc_lxc_orphans" ]; then
		eerror "status: crashed: LXC's monitor is gone, but processes of $lxc_name run on:" \
			"rc-service $RC_SVCNAME restart"
		return 32
	fi
	[ ! -s "$rc_lxc_run.ended" ] || { read -r kind && read -r why; } <"$rc_lxc_run.ended" || :
	if ! rc_lxc_recorded started; then
		einfo "status: stopped${why:+ ($why)}${rc_lxc_blind:+; and $rc_lxc_blind}"
		return 3
	fi
	rc_lxc_find_supervisor
	if [ "$rc_lxc_supervisor" = alive ]; then
		ewarn "status: starting again${why:+: $why}"
		return 8
	fi
	if [ -z "$why" ] && [ -s "$rc_lxc_run.log" ]; then
		# shellcheck source=/dev/null
		. "@LIBEXECDIR@/verdict.sh"
		rc_lxc_verdict "$rc_lxc_run.log" 0
		# Without a word in the log it is LXC's monitor itself that was killed.
		case $rc_lxc_end in exit) ;; *) kind=$rc_lxc_end why=$rc_lxc_why ;; esac
	fi
	case $kind in
	poweroff | exit)
		einfo "status: stopped ($why); OpenRC still has it as started"
		return 3
		;;
	esac
	eerror "status: crashed: ${why:-it ended without a word: LXC\'s monitor was killed, or it was stopped from outside}"
	return 32
}
