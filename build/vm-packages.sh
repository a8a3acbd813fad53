#!/bin/sh
# Sees to it that the virtual machine of `rc-lxc lab --vm` can be booted: QEMU is installed by Debian's package manager,
# and Debian's kernel for virtual machines is unpacked into a folder of its own. It is not installed: nothing changes
# in /boot, and no boot loader is told. Without root, or without apt, it says what is missing.
set -eu

# As src/lab/vm/refusal.ts has it.
cache=/var/cache/rc-lxc/vm

PATH=$PATH:/usr/sbin:/sbin

has_virtiofsd() {
	for path in /usr/libexec/virtiofsd /usr/lib/qemu/virtiofsd /usr/lib/virtiofsd; do
		[ ! -x "$path" ] || return 0
	done
	return 1
}

missing=
command -v qemu-system-x86_64 >/dev/null 2>&1 || missing="$missing qemu-system-x86"
[ -x /usr/bin/python3 ] || missing="$missing python3"
command -v xz >/dev/null 2>&1 || missing="$missing xz-utils"
has_virtiofsd || missing="$missing virtiofsd"
[ -z "$missing" ] && [ -f "$cache/vmlinuz" ] && [ -f "$cache/modules/modules.dep" ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1 || [ "$(dpkg --print-architecture)" != amd64 ]; then
	echo "rc-lxc: no virtual machine here: it needs root on Debian, amd64 (elsewhere, name a kernel to rc-lxc lab)" >&2
	exit 0
fi

export DEBIAN_FRONTEND=noninteractive
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

quietly() {
	"$@" >"$work/log" 2>&1 || {
		tail -n 20 "$work/log" >&2
		return 1
	}
}

# Up to Debian 12 virtiofsd is a part of qemu-system-common, and there is no package of that name.
install_programs() {
	for package in $missing; do
		[ "$package" != virtiofsd ] || apt-cache show virtiofsd >/dev/null 2>&1 || package=qemu-system-common
		quietly apt-get install -y -q --no-install-recommends "$package" || return 1
	done
}

unpack_kernel() {
	package=$(apt-cache depends --no-recommends --no-suggests linux-image-cloud-amd64 2>/dev/null |
		sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
	[ -n "$package" ] || return 1
	(cd "$work" && quietly apt-get download -q -o APT::Sandbox::User=root "$package") || return 1
	quietly dpkg-deb -x "$work"/linux-image-*.deb "$work/image" || return 1
	kernel=$(find "$work/image" -name 'vmlinuz-*')
	release=${kernel##*/vmlinuz-}
	modules=$(find "$work/image" -type d -path "*/lib/modules/$release")
	# busybox's tools read no compressed modules, and Debian 13 compresses them.
	find "$modules" -name '*.ko.xz' -exec xz -d {} +
	mkdir -p "$work/tree/lib/modules"
	mv "$modules" "$work/tree/lib/modules/"
	quietly busybox depmod -b "$work/tree" "$release" || return 1
	mkdir -p "${cache%/*}"
	rm -rf "$cache" "$cache.new"
	mkdir "$cache.new"
	mv "$work/tree/lib/modules/$release" "$cache.new/modules"
	mv "$kernel" "$cache.new/vmlinuz"
	mv "$cache.new" "$cache"
}

echo "rc-lxc: installing what the virtual machine needs:$missing a kernel" >&2
if ! install_programs || ! unpack_kernel; then
	# A package list may be old or absent.
	quietly apt-get update -q
	install_programs
	unpack_kernel
fi
