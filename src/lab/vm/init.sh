#!/bin/busybox sh
# The first process of the virtual machine, out of its initramfs: puts layers in memory over the files that the machine
# outside shares read-only, goes there, and hands over to the server of the serial port.
# /settings, which the builder of the initramfs writes, sets: VM_MODULES, names of modules, the needed ones first;
# VM_FOLDERS, the number of folders under /share/folders; VM_PATH, where programs are; VM_PYTHON, the server's.
. /settings

# Everything here is busybox's own, by its applets' names.
export PATH=/bin

kernel_file_systems() {
	mount -t proc -o nosuid,nodev,noexec proc /proc
	mount -t sysfs -o nosuid,nodev,noexec sysfs /sys
	mount -t devtmpfs -o nosuid,mode=755 devtmpfs /dev
	mkdir /dev/pts /dev/shm
	mount -t devpts -o gid=5,mode=620,ptmxmode=666 devpts /dev/pts
	mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs /dev/shm
	ln -s /proc/self/fd /dev/fd
	ln -s fd/0 /dev/stdin
	ln -s fd/1 /dev/stdout
	ln -s fd/2 /dev/stderr
}

# Of what the kernel is to have, a part may be built in, and another may be missing in an older one.
load_modules() {
	# shellcheck disable=SC2086 # a list of names
	modprobe -a $VM_MODULES 2>/dev/null || :
}

build_root() {
	mount -t virtiofs -o ro share /share
	# Each request leaves the emulator, whatever its size.
	for setting in /sys/class/bdi/*/read_ahead_kb; do
		echo 1024 >"$setting"
	done
	mount -t tmpfs -o mode=755 layer /layer
	mkdir /layer/upper /layer/work
	mount -t overlay -o lowerdir=/share/root,upperdir=/layer/upper,workdir=/layer/work overlay /root
	mkdir -p /root/proc /root/sys /root/dev /root/run /root/tmp "/root/lib/modules/$(uname -r)"
	mount -t tmpfs -o mode=755,nosuid,nodev tmpfs /root/run
	mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs /root/tmp
	mount --bind /share/modules "/root/lib/modules/$(uname -r)"
	number=0
	while [ "$number" -lt "$VM_FOLDERS" ]; do
		read -r target <"/share/names/$number"
		mkdir -p "/root$target"
		mkdir -p "/layer/$number/upper" "/layer/$number/work"
		mount -t overlay -o "lowerdir=/share/folders/$number,upperdir=/layer/$number/upper,workdir=/layer/$number/work" overlay "/root$target"
		number=$((number + 1))
	done
	: >/root/etc/fstab
}

# Groups of version 2 alone, with every controller handed down.
control_groups() {
	mount -t cgroup2 -o nosuid,nodev,noexec cgroup2 /sys/fs/cgroup
	read -r controllers </sys/fs/cgroup/cgroup.controllers
	for controller in $controllers; do
		echo "+$controller" >/sys/fs/cgroup/cgroup.subtree_control || :
	done
}

# Cards come in pairs, joined outside: pair 3 has the addresses 52:54:00:ca:03:01 (the card) and :02 (its wire).
# /run/rc-lxc-vm/pairs: a line a pair, `DEVICE MAC DEVICE MAC`, devices as in /sys/bus/virtio/devices.
card_pairs() {
	: >/root/run/rc-lxc-vm/pairs
	for card in /sys/class/net/*; do
		read -r mac <"$card/address"
		case $mac in
		52:54:00:ca:*:01) ;;
		*) continue ;;
		esac
		for wire in /sys/class/net/*; do
			read -r other <"$wire/address"
			[ "$other" = "${mac%01}02" ] || continue
			echo "$(device "$card") $mac $(device "$wire") $other" >>/root/run/rc-lxc-vm/pairs
		done
	done
}

device() {
	path=$(readlink -f "$1/device")
	echo "${path##*/}"
}

serial_port() {
	for port in /sys/class/virtio-ports/*; do
		read -r name <"$port/name"
		[ "$name" != rc-lxc ] || echo "/dev/${port##*/}"
	done
}

# Asked for by the kernel itself, where a module is still missing; the machine outside may have no modprobe.
modprobe_for_the_kernel() {
	cp /bin/busybox /root/run/rc-lxc-vm/modprobe
	chmod 755 /root/run/rc-lxc-vm/modprobe
	echo /run/rc-lxc-vm/modprobe >/proc/sys/kernel/modprobe
}

kernel_file_systems
load_modules
build_root
control_groups
mkdir /root/run/rc-lxc-vm
cp /serve.py /root/run/rc-lxc-vm/
card_pairs
modprobe_for_the_kernel
ip link set lo up
port=$(serial_port)
for folder in proc sys dev; do
	mount --move "/$folder" "/root/$folder"
done

# A shell that waits for a child reaps every orphan that becomes its own, as an init must. The machine outside went
# when the server ends: there is nothing to save.
# shellcheck disable=SC2016 # expanded by the shell that is started
exec switch_root /root /bin/sh -c '
	export PATH=$2 HOME=/root TERM=dumb LC_ALL=C.UTF-8
	"$3" -I -S /run/rc-lxc-vm/serve.py "$1" </dev/null & wait $!
	echo o >/proc/sysrq-trigger
' init "$port" "$VM_PATH" "$VM_PYTHON"
