# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# Applies the limits of the configuration file (lxc.cgroup2.*, lxc.cgroup.*) to the running container. LXC reads both
# sides: the monitor tells what the container was started with, and a name and lxcpath that do not run make lxc-info
# read the file, includes and all.

rc_lxc_reload() {
	local failed=0 applied=0 line
	rc_lxc_look
	case $rc_lxc_state in
	RUNNING | FROZEN) ;;
	*) eerror "$lxc_name is $rc_lxc_state: there is nothing to apply limits to"; return 1 ;;
	esac
	ebegin "Applying the limits of LXC container $lxc_name"
	if ! rc_lxc_wanted=$(rc_lxc_limits lxc-info -n "$lxc_name" -P /proc --rcfile "$lxc_config"); then
		eend 1 "LXC cannot read $lxc_config: nothing was changed"
		return 1
	fi
	rc_lxc_present=$(rc_lxc_limits rc_lxc_do lxc-info)
	while read -r line; do
		[ -n "$line" ] || continue
		if rc_lxc_apply "${line%% = *}" "${line#* = }"; then
			applied=$((applied + 1))
		else
			failed=$((failed + 1))
		fi
	done <<-END
		$rc_lxc_wanted
		$(rc_lxc_dropped)
	END
	[ "$failed" -eq 0 ]
	eend $? "$failed of $((applied + failed)) limits could not be applied: they hold from the next start on"
}

# Prints `lxc.cgroup2.memory.max = 512M` for every limit. LXC 7 has no lxc.cgroup.
rc_lxc_limits() {
	local out
	out=$("$@" -H -c lxc.cgroup2 2>/dev/null) || return 1
	printf '%s\n' "$out"
	"$@" -H -c lxc.cgroup 2>/dev/null || :
}

# Limits that the file no longer has go back to what the kernel starts with, where that is known.
rc_lxc_dropped() {
	local line key
	while read -r line; do
		key=${line%% = *}
		case $rc_lxc_nl$rc_lxc_wanted in
		*"$rc_lxc_nl$key = "*) continue ;;
		esac
		case $key in
		'') ;;
		*.max | *.high | *.cgroup.max.*) printf '%s = max\n' "$key" ;;
		*.min | *.low) printf '%s = 0\n' "$key" ;;
		*.weight) printf '%s = 100\n' "$key" ;;
		*) printf '%s = \n' "$key" ;;
		esac
	done <<-END
		$rc_lxc_present
	END
}

# In: $1 lxc.cgroup2.FILE or lxc.cgroup.FILE, $2 its value.
rc_lxc_apply() {
	local file="${1#lxc.cgroup}" group
	file=${file#2} file=${file#.}
	if [ -n "$2" ]; then
		rc_lxc_do lxc-cgroup "$file" "$2" >/dev/null 2>&1 && return 0
		# Files of the cgroup core belong to no controller, and lxc-cgroup does not find those.
		rc_lxc_groups
		for group in "/sys/fs/cgroup/$rc_lxc_payload" "/sys/fs/cgroup/unified/$rc_lxc_payload"; do
			[ -w "$group/$file" ] || continue
			{ printf '%s\n' "$2" >"$group/$file"; } 2>/dev/null && return 0
		done
		eerror "The kernel did not take $1 = $2"
	else
		eerror "$1 was removed: the running container keeps it"
	fi
	return 1
}
