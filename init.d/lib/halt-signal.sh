# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# Which signal makes a container's init halt.
# Sources: busybox init/init.c, init(8), systemd(1) "Signals", openrc-init.c, runit-init(8),
# s6-linux-init-maker(8).

# In: $1 the PID of the container's init, or empty where it does not run.
# Out: rc_lxc_signal, as kill understands it; rc_lxc_init_kind, what was found.
rc_lxc_halt_signal() {
	rc_lxc_init_kind="lxc_stop_signal"
	if [ -n "$lxc_stop_signal" ]; then
		rc_lxc_signal_number "$lxc_stop_signal" && return 0
		ewarn "lxc_stop_signal is \"$lxc_stop_signal\", which is no signal: using the one that its init understands"
	fi
	rc_lxc_init_kind="lxc.signal.halt"
	rc_lxc_signal=
	[ -n "$rc_lxc_blind" ] || rc_lxc_signal=$(rc_lxc_do lxc-info -H -c lxc.signal.halt 2>/dev/null) || rc_lxc_signal=
	case $rc_lxc_signal in
	'' | 0 | *[!0-9]*) ;;
	*) return 0 ;;
	esac
	rc_lxc_kind_of_init "$1"
	rc_lxc_signal_of_kind
	# The guest chooses this name, and a terminal would do what it says.
	case $rc_lxc_init_kind in *[!A-Za-z0-9._+-]*) rc_lxc_init_kind="a program with an odd name" ;; esac
}

# SIGPWR, PWR, 30, SIGRTMIN+3. The real-time signals start at 34 where the guest has glibc; musl's own
# SIGRTMIN differs by one, but no init that listens to them is built on musl.
rc_lxc_signal_number() {
	local name="${1#SIG}"
	case $name in
	RTMIN) rc_lxc_signal=34 ;;
	RTMAX) rc_lxc_signal=64 ;;
	RTMIN+[0-9] | RTMIN+[0-9][0-9]) rc_lxc_signal=$((34 + ${name#RTMIN+})) ;;
	RTMAX-[0-9] | RTMAX-[0-9][0-9]) rc_lxc_signal=$((64 - ${name#RTMAX-})) ;;
	*) rc_lxc_signal=$name ;;
	esac
	case $rc_lxc_signal in
	HUP | INT | QUIT | ILL | TRAP | ABRT | BUS | FPE | KILL | USR1 | SEGV | USR2 | PIPE | ALRM | TERM | STKFLT | \
		CHLD | CONT | STOP | TSTP | TTIN | TTOU | URG | XCPU | XFSZ | VTALRM | PROF | WINCH | IO | POLL | PWR | SYS) ;;
	'' | 0* | *[!0-9]* | ???*) return 1 ;;
	*) [ "$rc_lxc_signal" -le 64 ] ;;
	esac
}

rc_lxc_signal_of_kind() {
	case $rc_lxc_init_kind in
	busybox | s6-svscan | finit | procd) rc_lxc_signal=USR2 ;;
	systemd) rc_lxc_signal=37 ;;
	runit-init | runit) rc_lxc_signal=CONT ;;
	init | openrc-init | upstart) rc_lxc_signal=PWR ;;
	# What is no init of a system is a program: it knows SIGTERM, if anything.
	*) rc_lxc_signal=TERM ;;
	esac
}

# The running program tells best; a program that only interprets a script tells nothing.
rc_lxc_kind_of_init() {
	local program='' title=''
	if [ -n "$1" ]; then
		program=$(readlink "/proc/$1/exe" 2>/dev/null) || :
		program=${program%' (deleted)'}
		{ read -r title <"/proc/$1/comm"; } 2>/dev/null || :
		case ${program##*/}:$title in
		busybox*:init | busybox*:linuxrc) rc_lxc_init_kind=busybox; return 0 ;;
		busybox*) rc_lxc_init_kind=script; return 0 ;;
		'':*) ;;
		*) rc_lxc_init_kind=${program##*/}; return 0 ;;
		esac
	fi
	rc_lxc_kind_in_rootfs
}

# The same without a running container, from lxc.init.cmd and the rootfs.
rc_lxc_kind_in_rootfs() {
	local root command
	rc_lxc_init_kind=unknown
	root=$(rc_lxc_do lxc-info -H -c lxc.rootfs.path 2>/dev/null) || return 0
	command=$(rc_lxc_do lxc-info -H -c lxc.init.cmd 2>/dev/null) || :
	command=${command%%[ 	]*}
	case $root in
	[a-z]*:*) root=${root#*:} ;;
	esac
	[ -d "$root" ] || return 0
	rc_lxc_resolve "$root" "${command:-/sbin/init}" || return 0
	rc_lxc_init_kind=${rc_lxc_resolved##*/}
	case $rc_lxc_init_kind in busybox*) rc_lxc_init_kind=busybox ;; esac
}

# Follows symbolic links of $2 below the directory $1 as the container would: an absolute link starts at $1.
# Out: rc_lxc_resolved, a path as the container sees it. Fails where it leads nowhere.
rc_lxc_resolve() {
	local root="$1" rest="$2" done='' part target links=0
	while [ -n "$rest" ]; do
		case $rest in
		/*) rest=${rest#/}; continue ;;
		esac
		part=${rest%%/*}
		case $rest in */*) rest=${rest#*/} ;; *) rest= ;; esac
		case $part in
		.) continue ;;
		..) done=${done%/*}; continue ;;
		esac
		if [ -L "$root$done/$part" ]; then
			links=$((links + 1))
			[ "$links" -le 40 ] || return 1
			target=$(readlink "$root$done/$part") || return 1
			case $target in /*) done= ;; esac
			rest="$target${rest:+/$rest}"
			# PATH_MAX: links can make a path of any length, which takes minutes to follow.
			[ "${#rest}" -lt 4096 ] || return 1
		else
			done="$done/$part"
		fi
	done
	rc_lxc_resolved=$done
	[ -e "$root$done" ]
}
