#!/bin/sh
# Runs outside the throw-away host, and outlives it: puts it into control groups of its own, starts it,
# and removes the groups when its last process is gone, however it went.
# Usage: boot.sh INSIDE_SCRIPT CGROUP_DIR...    stdin: a pipe; when it closes, the host ends.

inside=$1
shift

make_group() {
	mkdir -- "$1" || return 1
	[ -e "$1/cgroup.procs" ] || { echo "$1 is no control group" >&2; return 1; }
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
		exec unshare --mount --net --pid --uts --ipc --cgroup --propagation private \
			--fork --kill-child /bin/sh "$inside"
	)
	status=$?
fi
for dir; do
	remove_group "$dir" || echo "cannot remove the control group $dir" >&2
done
exit "$status"
