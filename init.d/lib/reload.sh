# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# Applies the limits of the configuration file (lxc.cgroup2.*, lxc.cgroup.*) to the running container. LXC reads the
# file, includes and all; what was applied last stands in the service's .up file. Needs container.sh and check.sh.

rc_lxc_reload() {
	local failed=0 count=0 line value
	if ! rc_lxc_look -c lxc.cgroup2 -c lxc.cgroup; then
		eerror "The limits of $lxc_name were not changed: $rc_lxc_blind"
		rc_lxc_parse_errors
		return 1
	fi
	case $rc_lxc_state in
	RUNNING | FROZEN) ;;
	*) eerror "$lxc_name is $rc_lxc_state: there is nothing to apply limits to"; return 1 ;;
	esac
	rc_lxc_sort_values
	rc_lxc_groups
	ebegin "Applying the limits of LXC container $lxc_name"
	while read -r line; do
		[ -n "$line" ] || continue
		rc_lxc_is_devices "$line" && rc_lxc_is_as_before "$line" && continue
		count=$((count + 1))
		value=${line#* =}
		rc_lxc_apply "${line%% =*}" "${value# }" || failed=$((failed + 1))
	done <<-END
		$rc_lxc_limits
		$(rc_lxc_dropped)
	END
	[ ! -e "$rc_lxc_run.up" ] ||
		printf '%s\n%s\n%s' "$rc_lxc_payload" "$rc_lxc_warden" "$rc_lxc_limits" >"$rc_lxc_run.up"
	[ "$failed" -eq 0 ]
	eend $? "$failed of $count limits could not be applied: they hold from the next start on"
}

# The list of devices starts with a denial of all: written anew, the container would have none for a moment.
rc_lxc_is_devices() {
	case $1 in
	lxc.cgroup.devices.* | lxc.cgroup2.devices.*) return 0 ;;
	esac
	return 1
}

# Was line $1 applied already? True also where that is not known.
rc_lxc_is_as_before() {
	local line
	[ -r "$rc_lxc_run.up" ] || return 0
	while read -r line || [ -n "$line" ]; do
		[ "$line" != "$1" ] || return 0
	done <"$rc_lxc_run.up"
	return 1
}

# Prints what to do about limits that the file no longer has: they go back to what the kernel starts with, where
# that is known (Documentation/admin-guide/cgroup-v2.rst).
rc_lxc_dropped() {
	local line key
	[ -r "$rc_lxc_run.up" ] || return 0
	while read -r line; do
		key=${line%% = *}
		case $line in *' = '*) ;; *) continue ;; esac
		case $rc_lxc_nl$rc_lxc_limits in
		*"$rc_lxc_nl$line$rc_lxc_nl"*) continue ;;
		*"$rc_lxc_nl$key = "*) ! rc_lxc_is_devices "$line" || printf '%s =\n' "$key"; continue ;;
		esac
		case $key in
		*.max | *.high | *.cgroup.max.*) printf '%s = max\n' "$key" ;;
		*.min | *.low) printf '%s = 0\n' "$key" ;;
		*.weight) printf '%s = 100\n' "$key" ;;
		*.limit_in_bytes | *.cfs_quota_us) printf '%s = -1\n' "$key" ;;
		*.cfs_period_us) printf '%s = 100000\n' "$key" ;;
		*) printf '%s =\n' "$key" ;;
		esac
	done <"$rc_lxc_run.up"
}

# In: $1 lxc.cgroup2.FILE or lxc.cgroup.FILE, $2 its value, empty where it is not known.
rc_lxc_apply() {
	local file="${1#lxc.cgroup}" group
	file=${file#2} file=${file#.}
	if rc_lxc_is_devices "$1"; then
		eerror "$1 differs: the running container keeps its devices"
		return 1
	elif [ -z "$2" ]; then
		eerror "$1 was removed: the running container keeps it"
		return 1
	fi
	rc_lxc_do lxc-cgroup -- "$file" "$2" >/dev/null 2>&1 && return 0
	# Files of the cgroup core belong to no controller, and lxc-cgroup does not find those.
	for group in "/sys/fs/cgroup/$rc_lxc_payload" "/sys/fs/cgroup/unified/$rc_lxc_payload"; do
		[ -w "$group/$file" ] || continue
		{ printf '%s\n' "$2" >"$group/$file"; } 2>/dev/null && return 0
	done
	eerror "The kernel did not take $1 = $2"
	return 1
}
