#!/bin/sh
# Runs outside the throw-away host, and outlives it: puts it into control groups of its own, starts it,
# and removes the groups when its last process is gone, however it went.
# Usage: boot.sh INSIDE_SCRIPT CGROUP_DIR...    stdin: a pipe; when it closes, the host ends.

inside=$1
shift

# In version 2 a group with processes cannot hand controllers to the groups in it, unless it is the machine's root.
# LXC looks for init's group, and takes the one above when it has this name, as it does on hosts with systemd.
leaf=init.scope

make_group() {
	mkdir -- "$1" || return 1
	[ -e "$1/cgroup.procs" ] || { echo "$1 is no control group" >&2; return 1; }
	[ -e "$1/tasks" ] || mkdir "$1/$leaf" || return 1
	# A cpuset takes no process before it has processors and memory of its own.
	for key in cpuset.cpus cpuset.mems; do
		[ ! -e "$1/tasks" ] || [ ! -e "$1/$key" ] || cat "$1/../$key" >"$1/$key" || return 1
	done
}

# "tasks" exists in version 1 only, and moves a single thread without waiting for all processors.
join_group() {
	if [ -e "$1/tasks" ]; then
		echo 0 >"$1/tasks"
	else
		echo 0 >"$1/cgroup.procs"
	fi
}

remove_group() {
	tries=0
	while [ -d "$1" ]; do
		find "$1" -depth -type d -exec rmdir -- {} + 2>/dev/null && return 0
		tries=$((tries + 1))
		[ "$tries" -lt 50 ] || return 1
		sleep 0.05
	done
}

status=0
for dir; do
	make_group "$dir" || status=1
done
if [ "$status" -eq 0 ]; then
	(
		for dir; do
			join_group "$dir" || exit 1
		done
		# Two steps: the namespace's root is the group that the process is in, which it then leaves for the leaf.
		# shellcheck disable=SC2016 # expanded by the shell that is started
		exec unshare --cgroup --mount --propagation private /bin/sh -c '
			inside=$1 leaf=$2
			shift 2
			for dir; do
				[ -e "$dir/tasks" ] || echo 0 >"$dir/$leaf/cgroup.procs" || exit 1
			done
			exec unshare --net --pid --uts --ipc --fork --kill-child /bin/sh "$inside"
		' boot "$inside" "$leaf" "$@"
	)
	status=$?
fi
for dir; do
	remove_group "$dir" || echo "cannot remove the control group $dir" >&2
done
exit "$status"
