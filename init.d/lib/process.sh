# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034 # dash, bash and busybox have local; variables are shared between files
#
# What the kernel tells of processes, without a process to ask for it.

# Out: rc_lxc_pid, the number in file $1, or empty.
rc_lxc_read_pid() {
	rc_lxc_pid=
	[ -s "$1" ] || return 0
	{ read -r rc_lxc_pid <"$1"; } 2>/dev/null || :
	case $rc_lxc_pid in *[!0-9]*) rc_lxc_pid= ;; esac
}

# Is process $1 a daemon of root's on the host whose name starts with $2 (the kernel keeps 15 characters)?
rc_lxc_is() {
	rc_lxc_is_named "$1" "$2" && rc_lxc_of_the_host "$1"
}

# Does process $1 call itself by a name that starts with $2? Any process may, those in containers too.
rc_lxc_is_named() {
	local comm=
	[ -n "$1" ] || return 1
	{ read -r comm <"/proc/$1/comm"; } 2>/dev/null || :
	case $comm in "$2"*) return 0 ;; esac
	return 1
}

# Out: rc_lxc_process, the letter of the kernel for the state of process $1, and rc_lxc_parent, the PID of its parent;
# empty, and a failure, when it is gone. From the one line of /proc/PID/stat (proc(5)): its second field is a name in
# parentheses that may hold anything.
# A file of several lines below /proc/PID must always be read to its end: when the process goes while bash is in the
# middle, bash keeps what it has read ahead and takes it for the beginning of the next file.
rc_lxc_stat() {
	local line=''
	rc_lxc_process='' rc_lxc_parent=''
	[ -n "$1" ] || return 1
	{ read -r line <"/proc/$1/stat"; } 2>/dev/null || [ -n "$line" ] || return 1
	line=${line##*) }
	rc_lxc_process=${line%% *}
	line=${line#* }
	rc_lxc_parent=${line%% *}
}

# Is process $1 stopped by a signal or a debugger?
rc_lxc_hangs() {
	rc_lxc_stat "$1" || return 1
	case $rc_lxc_process in [Tt]) return 0 ;; esac
	return 1
}

# Has process $1 ended? A zombie has: only its parent has not looked yet.
rc_lxc_has_ended() {
	rc_lxc_stat "$1" || return 0
	case $rc_lxc_process in [ZX]) return 0 ;; esac
	return 1
}

# Is process $1 root's, and in the same PID namespace as this shell? NSpid has one number for each level.
rc_lxc_of_the_host() {
	local key value same=1 roots=1
	while read -r key value; do
		case $key$value in
		NSpid:*[!0-9]*) ;;
		NSpid:*) same=0 ;;
		Uid:0[!0-9]*) roots=0 ;;
		esac
	done <"/proc/$1/status"
	return $((same | roots))
} 2>/dev/null

# Is process $1 in a PID namespace below this shell's?
rc_lxc_of_a_guest() {
	local key value below=1
	while read -r key value; do
		case $key$value in NSpid:*[!0-9]*) below=0 ;; esac
	done <"/proc/$1/status"
	return "$below"
} 2>/dev/null

# Out: rc_lxc_now, hundredths of a second since the host booted.
rc_lxc_clock() {
	local up
	read -r up _ </proc/uptime
	rc_lxc_now=$((${up%.*} * 100 + 1${up#*.} - 100))
}

# A busybox may be built without fractions of a second.
rc_lxc_nap() {
	sleep "$1" 2>/dev/null || sleep 1
}

# Waits until process $1 has ended, for at most $2 seconds: nothing in sh can wait for a process of others.
rc_lxc_gone() {
	local end nap=0.01
	[ -n "$1" ] || return 0
	rc_lxc_clock
	end=$((rc_lxc_now + $2 * 100))
	until rc_lxc_has_ended "$1"; do
		rc_lxc_clock
		[ "$rc_lxc_now" -lt "$end" ] || return 1
		rc_lxc_nap "$nap"
		case $nap in 0.01) nap=0.03 ;; 0.03) nap=0.1 ;; esac
	done
}
