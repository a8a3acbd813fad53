# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# Which container a service stands for, and what is true of it now.
# In: RC_SVCNAME, RC_SVCDIR and the lxc_* settings of conf.d. Needs process.sh.

rc_lxc_nl='
'
rc_lxc_limit=

# Fills in every setting that conf.d left open. Fails, and says why, where one makes no sense.
rc_lxc_setup() {
	rc_lxc_run="/run/rc-lxc/$RC_SVCNAME"
	if [ -z "${lxc_name:-}" ]; then
		case $RC_SVCNAME in
		*.?*) lxc_name=${RC_SVCNAME#*.} ;;
		*) rc_lxc_usage; return 1 ;;
		esac
	fi
	[ -n "${lxc_path:-}" ] || rc_lxc_default_path
	[ -n "${lxc_config:-}" ] || rc_lxc_default_config
	: "${lxc_ready:=running}" "${lxc_ready_timeout:=30}" "${lxc_stop_timeout:=60}"
	: "${lxc_restart:=no}" "${lxc_restart_max:=5}" "${lxc_restart_period:=60}"
	: "${lxc_aslr:=yes}" "${lxc_stop_signal:=}" "${lxc_links:=}" "${lxc_tables:=}" "${lxc_veths:=}"
	: "${lxc_ports:=}"
	rc_lxc_number lxc_ready_timeout "$lxc_ready_timeout" &&
		rc_lxc_number lxc_stop_timeout "$lxc_stop_timeout" &&
		rc_lxc_number lxc_restart_max "$lxc_restart_max" &&
		rc_lxc_number lxc_restart_period "$lxc_restart_period" || return 1
	case $lxc_restart in
	no | always | on-failure) ;;
	*) eerror "lxc_restart is \"$lxc_restart\": it must be no, always or on-failure"; return 1 ;;
	esac
	case $lxc_ready in
	running | tcp:?* | exec:?*) ;;
	*) eerror "lxc_ready is \"$lxc_ready\": it must be running, tcp:PORT or exec:COMMAND"; return 1 ;;
	esac
}

rc_lxc_usage() {
	eerror "$RC_SVCNAME is the script that containers share: it starts none by itself."
	eerror "For a container foo, make a service of its own and use that:"
	eerror "  ln -s ${RC_SVCNAME##*/} /etc/init.d/lxc.foo"
	eerror "  rc-service lxc.foo start"
}

rc_lxc_number() {
	case $2 in
	'' | *[!0-9]*) eerror "$1 is \"$2\": it must be a whole number"; return 1 ;;
	esac
}

# lxc-config would tell the same at the price of a process.
rc_lxc_default_path() {
	local line
	lxc_path=/var/lib/lxc
	[ -r /etc/lxc/lxc.conf ] || return 0
	while read -r line; do
		case $line in
		lxc.lxcpath[!.a-z]* | lxc.lxcpath=*)
			line=${line#*=}
			lxc_path=${line#"${line%%[! 	]*}"}
			;;
		esac
	done </etc/lxc/lxc.conf
}

# Gentoo's own script knows PATH/NAME.conf and the variable CONFIGFILE; a host that moves over keeps both.
rc_lxc_default_config() {
	lxc_config=${CONFIGFILE:-"$lxc_path/$lxc_name/config"}
	[ -e "$lxc_config" ] || [ ! -e "$lxc_path/$lxc_name.conf" ] || lxc_config="$lxc_path/$lxc_name.conf"
}

# Runs LXC's command $1 for this container with the arguments that follow.
rc_lxc_do() {
	local command="$1"
	shift
	if [ "$lxc_config" != "$lxc_path/$lxc_name/config" ]; then
		set -- --rcfile "$lxc_config" "$@"
	fi
	${rc_lxc_limit:+timeout -s KILL "$rc_lxc_limit"} "$command" -n "$lxc_name" -P "$lxc_path" "$@"
}

# The same for at most $1 seconds: LXC's commands wait for ever for a monitor that hangs.
rc_lxc_bounded() {
	local result=0
	rc_lxc_limit=$1
	shift
	rc_lxc_do "$@" || result=$?
	rc_lxc_limit=
	return "$result"
}

# Is the container up as far as the service is concerned? Before, its end belongs to the start that waits for it.
rc_lxc_is_up() {
	[ -e "$rc_lxc_run.up" ]
}

# Finds out what is true of the container. Out: rc_lxc_state (RUNNING, FROZEN, STOPPED …), rc_lxc_init (PID of the
# container's init as the host sees it, or empty), rc_lxc_values (the lines of `-c KEY`, where such arguments are
# given). Fails when LXC cannot tell; the first two are then found without LXC, and rc_lxc_blind says why.
rc_lxc_look() {
	# A monitor that hangs would hold up lxc-info for ever; where none is known, the time limit's process is saved.
	if [ -e "$rc_lxc_run.pid" ]; then
		rc_lxc_read_pid "$rc_lxc_run.pid"
		# The number may be another's by now.
		if rc_lxc_hangs "$rc_lxc_pid" && rc_lxc_is "$rc_lxc_pid" lxc-start; then
			rc_lxc_look_blind
			return 1
		fi
		rc_lxc_limit=5
	fi
	rc_lxc_ask "$@" && rc_lxc_limit='' && return 0
	rc_lxc_limit=
	rc_lxc_look_blind
	return 1
}

# The same from LXC alone. LXC asks whoever listens on an abstract socket, which any user of the host may take while
# the container is down: a process that is named there is believed only when it is the container's.
rc_lxc_ask() {
	local out
	rc_lxc_values='' rc_lxc_blind='' rc_lxc_impostor=''
	out=$(rc_lxc_do lxc-info -s -p "$@" 2>/dev/null) || return 1
	rc_lxc_state=${out#*State:}
	rc_lxc_state=${rc_lxc_state%%"$rc_lxc_nl"*}
	rc_lxc_state=${rc_lxc_state##* }
	rc_lxc_init=
	case $out in
	*"${rc_lxc_nl}PID:"*)
		rc_lxc_init=${out#*"${rc_lxc_nl}PID:"}
		rc_lxc_init=${rc_lxc_init%%"$rc_lxc_nl"*}
		rc_lxc_init=${rc_lxc_init##* }
		;;
	esac
	case $out in *"${rc_lxc_nl}lxc."*) rc_lxc_values="lxc.${out#*"${rc_lxc_nl}lxc."}" ;; esac
	if [ -z "$rc_lxc_init" ] || rc_lxc_is_our_init "$rc_lxc_init" || [ ! -d "/proc/$rc_lxc_init" ]; then return 0; fi
	rc_lxc_state=STOPPED rc_lxc_init='' rc_lxc_impostor=yes
	return 1
}

# Is process $1 this container's init: the child of a monitor of root's that calls itself this container's?
rc_lxc_is_our_init() {
	local title=''
	rc_lxc_stat "$1" && rc_lxc_of_the_host "$rc_lxc_parent" || return 1
	{ read -r title <"/proc/$rc_lxc_parent/cmdline"; } 2>/dev/null || :
	case $title in
	"[lxc monitor] "*" $lxc_name") return 0 ;;
	"[lxc monitor] "*) return 1 ;;
	# In the foreground it keeps its command line, which a shell reads without the zeros between the words.
	*"$lxc_name"*) rc_lxc_is_named "$rc_lxc_parent" lxc- && return 0 ;;
	esac
	return 1
}

# A configuration that was broken by an edit while its container runs stops lxc-info, but not the container.
rc_lxc_look_blind() {
	rc_lxc_state=STOPPED rc_lxc_init=''
	rc_lxc_blind="LXC cannot read $lxc_config"
	[ -r "$lxc_config" ] || rc_lxc_blind="there is no $lxc_config"
	[ -z "$rc_lxc_impostor" ] ||
		rc_lxc_blind="another program answers in place of LXC's monitor (socket @$lxc_path/$lxc_name/command)"
	rc_lxc_find_monitor || return 0
	rc_lxc_hangs "$rc_lxc_monitor" && rc_lxc_blind="LXC's monitor hangs"
	rc_lxc_state=RUNNING
	rc_lxc_init_of "$rc_lxc_monitor" || :
}

# Out: rc_lxc_monitor, the PID of LXC's monitor, found without LXC. Fails when there is none.
rc_lxc_find_monitor() {
	local proc title
	rc_lxc_monitor=
	rc_lxc_read_pid "$rc_lxc_run.pid"
	if [ -n "$rc_lxc_pid" ] && rc_lxc_is "$rc_lxc_pid" lxc-start; then
		rc_lxc_monitor=$rc_lxc_pid
		return 0
	fi
	for proc in /proc/[0-9]*; do
		rc_lxc_is "${proc##*/}" lxc-start || continue
		title=
		{ read -r title <"$proc/cmdline"; } 2>/dev/null || :
		case $title in
		"[lxc monitor] $lxc_path $lxc_name")
			rc_lxc_monitor=${proc##*/}
			return 0
			;;
		esac
	done
	return 1
}

# Out: rc_lxc_init, the child of the monitor $1 that is PID 1 in a namespace of its own.
rc_lxc_init_of() {
	local children='' child key value
	rc_lxc_init=
	{ read -r children <"/proc/$1/task/$1/children"; } 2>/dev/null || [ -n "$children" ] || return 1
	for child in $children; do
		[ -r "/proc/$child/status" ] || continue
		while read -r key value; do
			case $key$value in NSpid:*[!0-9]1) rc_lxc_init=$child ;; esac
		done <"/proc/$child/status"
	done 2>/dev/null
	[ -n "$rc_lxc_init" ]
}

# Out: rc_lxc_payload and rc_lxc_warden, the cgroups of the container and of its monitor below the mount point:
# as they were at the last start, else as LXC names them by itself.
rc_lxc_groups() {
	rc_lxc_payload='' rc_lxc_warden=''
	if [ -s "$rc_lxc_run.up" ]; then
		{ read -r rc_lxc_payload && read -r rc_lxc_warden; } <"$rc_lxc_run.up" || :
	fi
	: "${rc_lxc_payload:=lxc.payload.$lxc_name}" "${rc_lxc_warden:=lxc.monitor.$lxc_name}"
}

# Out: rc_lxc_orphans, the processes in the container's cgroup that LXC's monitor has left behind. It kills them
# when it dies, unless lxc.monitor.signal.pdeath says otherwise.
rc_lxc_find_orphans() {
	local dir pid inside=''
	rc_lxc_orphans=
	rc_lxc_groups
	for dir in "/sys/fs/cgroup/$rc_lxc_payload" "/sys/fs/cgroup/"*"/$rc_lxc_payload"; do
		rc_lxc_is_group "$dir" || continue
		rc_lxc_orphans=$(find "$dir" -name cgroup.procs -exec cat {} + 2>/dev/null)
		[ -z "$rc_lxc_orphans" ] || break
	done
	# A container of the same name under another lxcpath has a monitor of its own. Whatever a cgroup holds, only what
	# is in a PID namespace of its own is a container's.
	for pid in $rc_lxc_orphans; do
		rc_lxc_stat "$pid" && rc_lxc_of_a_guest "$pid" || continue
		if rc_lxc_is "$rc_lxc_parent" lxc-start; then inside=''; break; fi
		inside="$inside $pid"
	done
	rc_lxc_orphans=$inside
}

# Is $1 a cgroup that was made on the host? Where version 2 has /sys/fs/cgroup to itself, the cgroups one level further
# down may be made from inside the container that the upper one belongs to.
rc_lxc_is_group() {
	[ -d "$1" ] || return 1
	case ${1#/sys/fs/cgroup/} in
	"$rc_lxc_payload" | "$rc_lxc_warden") return 0 ;;
	esac
	[ ! -e /sys/fs/cgroup/cgroup.procs ]
}

# Out: rc_lxc_supervisor: alive, dead (it was killed) or none (the container is not supervised).
rc_lxc_find_supervisor() {
	rc_lxc_supervisor=none
	[ -e "$rc_lxc_run.supervisor" ] || return 0
	rc_lxc_read_pid "$rc_lxc_run.supervisor"
	rc_lxc_supervisor=dead
	if rc_lxc_is "$rc_lxc_pid" supervise-daemo; then rc_lxc_supervisor=alive; fi
}

# What OpenRC has on record: $1 is started, starting, stopping, failed.
rc_lxc_recorded() {
	[ -e "$RC_SVCDIR/$1/$RC_SVCNAME" ] || [ -L "$RC_SVCDIR/$1/$RC_SVCNAME" ]
}
