# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# Applies the limits of the configuration file (lxc.cgroup2.*, lxc.cgroup.*) to the running container. A name and
# lxcpath that do not run make lxc-info read the file, includes and all. What the container was started with LXC does
# not tell: limits that are no longer there are found by the kernel's own files.

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
	rc_lxc_groups
	while read -r line; do
		case $line in
		# The list of devices starts with a denial of all: for a moment the container would have none.
		'' | lxc.cgroup.devices.* | lxc.cgroup2.devices.*) continue ;;
		esac
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

# The limits that rc-lxc writes, where the file has none: they go back to what the kernel starts with.
rc_lxc_dropped() {
	local known file
	for known in memory.max=max memory.limit_in_bytes=-1 pids.max=max cpu.max=max cpu.cfs_quota_us=-1 \
		io.weight=100 blkio.bfq.weight=100; do
		file=${known%=*}
		case $rc_lxc_nl$rc_lxc_wanted in
		*"$rc_lxc_nl"lxc.cgroup*".$file = "*) continue ;;
		esac
		! rc_lxc_limit_file "$file" || printf 'lxc.cgroup.%s = %s\n' "$file" "${known#*=}"
	done
}

# Out: rc_lxc_limit_path, the container's own file $1. Fails where this kernel has none.
rc_lxc_limit_file() {
	for rc_lxc_limit_path in "/sys/fs/cgroup/$rc_lxc_payload/$1" "/sys/fs/cgroup/"*"/$rc_lxc_payload/$1"; do
		[ ! -w "$rc_lxc_limit_path" ] || return 0
	done
	return 1
}

# In: $1 lxc.cgroup2.FILE or lxc.cgroup.FILE, $2 its value.
rc_lxc_apply() {
	local file="${1#lxc.cgroup}"
	file=${file#2} file=${file#.}
	# LXC knows which controller a file belongs to, but not the files of the cgroup core.
	rc_lxc_do lxc-cgroup "$file" "$2" >/dev/null 2>&1 && return 0
	rc_lxc_limit_file "$file" && { printf '%s\n' "$2" >"$rc_lxc_limit_path"; } 2>/dev/null && return 0
	eerror "The kernel did not take $1 = $2"
	return 1
}
