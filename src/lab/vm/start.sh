#!/bin/sh
# Starts the virtual machine in mount, network and process namespaces that this shell is the first process of: no packet
# leaves them, and what runs in them ends with it.
# Usage: start.sh QEMU_ARGUMENT...    @BASE@ in an argument becomes the folder with the sockets.
# stdin and stdout: the serial port. fd 3: the initramfs, until its end. stderr: the kernel's console.
# Settings come in variables:
#   VM_BASE      an existing folder, to be hidden under a file system in memory
#   VM_POINTS    mount points of the machine to share beside /, one a line
#   VM_FOLDERS   further folders to share, one a line, which the machine inside binds to the same path
#   VM_MODULES   the folder with the kernel's modules
#   VM_FSD       the path of virtiofsd
set -eu

share() {
	mount --bind "$1" "$2"
	mount -o remount,bind,ro "$2"
}

build_share() {
	mount -t tmpfs -o mode=700 vm "$VM_BASE"
	cat <&3 >"$VM_BASE/initramfs"
	mkdir -p "$VM_BASE/share/root" "$VM_BASE/share/modules" "$VM_BASE/share/names" "$VM_BASE/share/folders"
	share / "$VM_BASE/share/root"
	while IFS= read -r point; do
		[ -z "$point" ] || share "$point" "$VM_BASE/share/root$point"
	done <<-EOT
		$VM_POINTS
	EOT
	share "$VM_MODULES" "$VM_BASE/share/modules"
	number=0
	while IFS= read -r folder; do
		[ -n "$folder" ] || continue
		mkdir "$VM_BASE/share/folders/$number"
		share "$folder" "$VM_BASE/share/folders/$number"
		echo "$folder" >"$VM_BASE/share/names/$number"
		number=$((number + 1))
	done <<-EOT
		$VM_FOLDERS
	EOT
}

serve_share() {
	# Some versions keep a lock under /run, which is the machine's.
	mount -t tmpfs -o mode=755 tmpfs /run
	"$VM_FSD" --socket-path="$VM_BASE/fs" -o source="$VM_BASE/share" -o cache=always -o sandbox=chroot \
		</dev/null >"$VM_BASE/fs.log" 2>&1 3<&- &
	daemon=$!
	while [ ! -S "$VM_BASE/fs" ]; do
		kill -0 "$daemon" 2>/dev/null || { cat "$VM_BASE/fs.log" >&2; exit 1; }
		sleep 0.02
	done
}

build_share
# A background process reads nothing from a plain standard input.
exec 3<&0
serve_share
mkfifo "$VM_BASE/console"
cat "$VM_BASE/console" >&2 &
for argument; do
	shift
	case $argument in
	*@BASE@*) argument=${argument%%@BASE@*}$VM_BASE${argument#*@BASE@} ;;
	esac
	set -- "$@" "$argument"
done
# Its own process, so that this shell remains the first, which the kernel ends everything with.
qemu-system-x86_64 "$@" <&3 &
wait $!
