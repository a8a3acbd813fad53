# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# freeze, thaw, console and attach. They go by what LXC says, so they work for a container that was started by hand.

rc_lxc_need_state() {
	rc_lxc_look
	case " $* " in *" $rc_lxc_state "*) return 0 ;; esac
	eerror "$lxc_name is $rc_lxc_state: that needs a container that is $*"
	return 1
}

rc_lxc_freeze() {
	rc_lxc_need_state RUNNING FROZEN || return 1
	ebegin "Freezing LXC container $lxc_name"
	rc_lxc_bounded 10 lxc-freeze >/dev/null 2>&1 && rc_lxc_look && [ "$rc_lxc_state" = FROZEN ]
	eend $? "$lxc_name did not freeze: it is $rc_lxc_state"
}

rc_lxc_thaw() {
	rc_lxc_need_state FROZEN FREEZING RUNNING || return 1
	ebegin "Thawing LXC container $lxc_name"
	rc_lxc_bounded 10 lxc-unfreeze >/dev/null 2>&1 && rc_lxc_look && [ "$rc_lxc_state" = RUNNING ]
	eend $? "$lxc_name did not thaw: it is $rc_lxc_state"
}

# In: $1 = lxc-console or lxc-attach.
rc_lxc_inside() {
	rc_lxc_need_state RUNNING || return 1
	case $1 in
	lxc-attach) rc_lxc_do lxc-attach --clear-env --keep-var TERM ;;
	*) rc_lxc_do "$1" ;;
	esac
}
