#!/bin/sh
# The first process of the throw-away host: builds its root and network, says "ready", and waits.
# Everything here happens in namespaces of its own. Settings come in LAB_* variables:
#   LAB_BASE      an existing folder of the machine to hide the overlay's upper layer under
#   LAB_OVERLAYS  mount points of the machine to overlay beside /, one a line
#   LAB_FILES     single files that are mount points, one a line: copied
#   LAB_BINDS     lines "SOURCE<tab>TARGET<tab>ro|rw"
#   LAB_CGROUPS   lines "TYPE<tab>OPTIONS<tab>TARGET"
#   LAB_HIDE      paths to remove, one a line
#   LAB_SH        what /bin/sh is to be; empty: what it is on the machine
#   LAB_SOFTLEVEL, LAB_CGROUP_MODE (hybrid, legacy, unified), LAB_HOSTNAME, LAB_PATH
#   LAB_BOUNDING  capabilities to go without, in the form of setpriv(1)
set -eu

tab=$(printf '\t')
old=/.machine
lab=/.lab

# /proc is still the machine's: this is our process id as seen from there.
read -r outer_pid rest </proc/self/stat

overlay() {
	mkdir -p "$2/upper" "$2/work"
	mount -t overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" overlay "$3"
}

build_root() {
	mount -t tmpfs -o mode=755 lab "$LAB_BASE"
	mkdir "$LAB_BASE/root"
	overlay / "$LAB_BASE/0" "$LAB_BASE/root"
	mkdir -p "$LAB_BASE/root$old" "$LAB_BASE/root$lab"
	cd "$LAB_BASE/root"
	pivot_root . ".$old"
	cd /
}

# From here on every path is resolved in the new root, so that no absolute link leads out of it.
other_file_systems() {
	number=0
	while IFS= read -r point; do
		[ -n "$point" ] || continue
		number=$((number + 1))
		mkdir -p "$point"
		overlay "$old$point" "$old$LAB_BASE/$number" "$point" 2>/dev/null ||
			{ mount --bind "$old$point" "$point" && mount -o remount,bind,ro "$point"; }
	done <<-EOF
		$LAB_OVERLAYS
	EOF
	while IFS= read -r point; do
		[ -z "$point" ] || cp "$old$point" "$point" || :
	done <<-EOF
		$LAB_FILES
	EOF
}

kernel_file_systems() {
	mount -t proc -o nosuid,nodev,noexec proc /proc
	echo "$LAB_HOSTNAME" >/proc/sys/kernel/hostname
	echo 0 >/proc/sys/net/ipv6/conf/all/accept_dad
	echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad
	# A closed connection that nobody answers any more holds its namespace, and the cards in it, for 100 seconds.
	echo 1 >/proc/sys/net/ipv4/tcp_orphan_retries
	# Only net.* belongs to a namespace; the rest would be the machine's own. A container with a user namespace
	# may mount proc only while an uncovered one exists, hence the second, which also gives a writable net.
	mkdir -p "$lab/proc"
	chmod 700 "$lab/proc"
	mount -t proc -o nosuid,nodev,noexec proc "$lab/proc"
	mount --bind /proc/sys /proc/sys
	mount -o remount,bind,ro,nosuid,nodev,noexec /proc/sys
	mount --bind "$lab/proc/sys/net" /proc/sys/net
	mount -t sysfs -o nosuid,nodev,noexec sysfs /sys
	mount -t tmpfs -o mode=755,nosuid tmpfs /dev
	mkdir /dev/pts /dev/shm /dev/net
	for device in null zero full random urandom tty net/tun fuse; do
		[ ! -e "$old/dev/$device" ] || devices="${devices-} $device"
	done
	# shellcheck disable=SC2086 # a list of names without blanks
	(cd "$old/dev" && cp -a --parents $devices /dev/)
	mount -t devpts -o newinstance,gid=5,mode=620,ptmxmode=666 devpts /dev/pts
	mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs /dev/shm
	ln -s pts/ptmx /dev/ptmx
	ln -s /proc/self/fd /dev/fd
	ln -s fd/0 /dev/stdin
	ln -s fd/1 /dev/stdout
	ln -s fd/2 /dev/stderr
	[ ! -e /proc/sysrq-trigger ] || mount --bind /dev/null /proc/sysrq-trigger
	mount -t tmpfs -o mode=755,nosuid,nodev tmpfs /run
	mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs /tmp
	mkdir -p /var/lib/lxc
	mount -t tmpfs -o mode=755 tmpfs /var/lib/lxc
}

control_groups() {
	[ "$LAB_CGROUP_MODE" = unified ] || mount -t tmpfs -o mode=755 cgroup_root /sys/fs/cgroup
	while IFS=$tab read -r type options target; do
		[ -n "$type" ] || continue
		mkdir -p "$target"
		mount -t "$type" -o "nosuid,nodev,noexec,$options" cgroup "$target"
	done <<-EOF
		$LAB_CGROUPS
	EOF
}

binds() {
	while IFS=$tab read -r source target mode; do
		[ -n "$source" ] || continue
		if [ -d "$old$source" ]; then
			mkdir -p "$target"
		else
			mkdir -p "${target%/*}"
			[ -e "$target" ] || : >"$target"
		fi
		mount --rbind "$old$source" "$target"
		[ "$mode" = rw ] || mount -o remount,bind,ro "$target"
	done <<-EOF
		$LAB_BINDS
	EOF
}

# What the machine would start is not this host's: no service in any runlevel, none of the machine's own
# daemons and hardware scripts, except LXC's, whose names ours have to live beside.
forget_services() {
	for script in /etc/init.d/*; do
		case ${script##*/} in
		lxc | lxc-* | functions.sh) continue ;;
		esac
		first=
		[ ! -f "$script" ] || read -r first <"$script" || :
		case $first in
		*openrc-run) ;;
		*) set -- "$@" "$script" ;;
		esac
	done
	rm -rf -- /.dockerenv /etc/runlevels "$@"
	mkdir -p /etc/conf.d /etc/rc.conf.d /etc/runlevels
	(cd /etc/runlevels && mkdir sysinit boot default nonetwork shutdown)
	[ -d "/etc/runlevels/$LAB_SOFTLEVEL" ] || mkdir "/etc/runlevels/$LAB_SOFTLEVEL"
}

openrc_state() {
	mkdir -p /run/openrc /run/lock /run/netns
	(cd /run/openrc && mkdir starting started stopping inactive wasinactive failed hotplugged daemons options exclusive scheduled tmp)
	echo "$LAB_SOFTLEVEL" >/run/openrc/softlevel
	echo "rc_cgroup_mode=\"$LAB_CGROUP_MODE\"" >/etc/rc.conf.d/lab.conf
	# Debian leaves this one to a package that its OpenRC does not require.
	if [ ! -e /etc/init.d/localmount ]; then
		printf '#!/sbin/openrc-run\ndescription="All local file systems are there"\nstart() { :; }\nstop() { :; }\n' \
			>/etc/init.d/localmount
		chmod 755 /etc/init.d/localmount
	fi
	ln -s /etc/init.d/localmount /run/openrc/started/localmount
}

system_files() {
	: >/etc/fstab
	echo "$LAB_HOSTNAME" >/etc/hostname
	printf '127.0.0.1\tlocalhost %s\n::1\tlocalhost\n' "$LAB_HOSTNAME" >/etc/hosts
	[ -z "$LAB_SH" ] || ln -sfn "$LAB_SH" /bin/sh
	while IFS= read -r path; do
		[ -z "$path" ] || rm -rf -- "$path"
	done <<-EOF
		$LAB_HIDE
	EOF
}

build_root
other_file_systems
kernel_file_systems
control_groups
binds
forget_services
openrc_state
system_files
ip link set lo up
umount -l "$old"
rmdir "$old"

# The last words reach the machine; then nothing of it stays open but the pipe that holds the host's life.
# A shell that waits for a child reaps every orphan that becomes its own, as an init must.
# At the end everything frozen is thawed: version 1 delivers no SIGKILL to it, and the host would never be gone.
# shellcheck disable=SC2016 # expanded by the shell that is started
exec env -i PATH="$LAB_PATH" TERM=dumb HOME=/root setpriv --bounding-set "$LAB_BOUNDING" /bin/sh -c '
	echo "ready $1"
	exec 3<&0 >/dev/null 2>&1
	cat <&3 & wait $!
	find /sys/fs/cgroup -name freezer.state | while read -r file; do echo THAWED >"$file"; done
' init "$outer_pid"
