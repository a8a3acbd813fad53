# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# Why a container ended, as LXC's log tells it. lxc-start itself exits with 0 however the container's init ended.
# With log level INFO, LXC 4.0 to 7.0 write `Child <PID> ended on signal …(N)` or `… ended on error (N)`, and
# nothing when init exited with 0. A poweroff or halt inside reaches LXC as signal 2, a reboot as signal 1
# (reboot(2), "Behavior inside PID namespaces").

# In: $1 the log, $2 the exit status of lxc-start (0 where it is not known).
# Out: rc_lxc_end = poweroff, exit (init exited with 0) or crash; rc_lxc_why = the same for a person.
rc_lxc_verdict() {
	local line number
	rc_lxc_end=exit rc_lxc_why="its init exited with status 0"
	while read -r line; do
		case $line in
		*"ended on signal"*"("*")"*)
			number=${line##*"("}
			rc_lxc_ended_by "${number%%")"*}"
			;;
		*"ended on error ("*)
			number=${line##*"("}
			rc_lxc_end=crash rc_lxc_why="its init exited with status ${number%%")"*}"
			;;
		*' - Started "'*'" with pid "'*)
			rc_lxc_end=exit rc_lxc_why="its init exited with status 0"
			;;
		esac
	done <"$1"
	if [ "$2" -ne 0 ] && [ "$rc_lxc_end" != poweroff ]; then
		rc_lxc_end=crash rc_lxc_why="lxc-start ended with status $2"
		if [ "$2" -gt 128 ]; then
			rc_lxc_why="LXC's monitor was killed by signal $(($2 - 128))"
		fi
	fi
} 2>/dev/null

rc_lxc_ended_by() {
	case $1 in
	2) rc_lxc_end=poweroff rc_lxc_why="it was powered off from inside, or by lxc-stop" ;;
	1) rc_lxc_end=crash rc_lxc_why="it did not come back from a reboot" ;;
	*) rc_lxc_end=crash rc_lxc_why="its init was killed by signal $1" ;;
	esac
}

# Prints what LXC's log $1 gives as reasons, one a line, without prefixes and without advice that is of no
# use here.
rc_lxc_reasons() {
	sed -n -e '/ ERROR /!d' \
		-e '/run the container in foreground mode/d' -e '/Additional information can be obtained/d' \
		-e '/Unsupported config key "lxc.seccomp"/d' \
		-e 's/[[:cntrl:]]/?/g' -e 's/^.* ERROR  *[^ ]* - [^ ]* - //p' "$1" 2>/dev/null | tail -n 8
}
