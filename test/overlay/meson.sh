#!/bin/sh
# Stands in for Meson in the test of the ebuild of LXC, whose sources cannot be had: it installs files where LXC's build
# would, as far as the ebuild does something to them or something is run from what it installs.
set -eu

# The options that LXC 6.0.2 has; Meson refuses others.
known=" cgroup-pattern coverity-build examples init-script systemd-unitdir io-uring-event-loop man pam-cgroup tools
	tools-multicall commands capabilities seccomp apparmor openssl selinux tests apparmor-cache-path data-path doc-path
	global-config-path log-path rootfs-mount-path runtime-path usernet-config-path usernet-db-path oss-fuzz thread-safety
	memfd-rexec distrosysconfdir dbus specfile install-init-files install-state-dirs "

case $1 in
setup)
	shift
	for option; do
		case $option in
		-D*)
			option=${option#-D}
			echo "$known" | grep -qw -- "${option%%=*}" || {
				echo "Unknown option: ${option%%=*}" >&2
				exit 1
			}
			;;
		esac
	done
	echo "$*" | tr ' ' '\n' >/var/tmp/meson.options
	;;
compile | test) ;;
install)
	# What the machine has of LXC, so that what is merged works.
	cd /
	for path in usr/bin/lxc-* usr/sbin/init.lxc* usr/share/lxc; do
		[ ! -e "$path" ] || cp -a --parents "$path" "$DESTDIR/"
	done
	if grep -qx -- -Dinstall-init-files=true /var/tmp/meson.options; then
		cp -a --parents usr/libexec/lxc "$DESTDIR/"
		mkdir -p "$DESTDIR/etc/init.d"
		for script in lxc-net lxc-containers; do
			printf '#!/bin/sh\n' >"$DESTDIR/etc/init.d/$script"
			chmod 0644 "$DESTDIR/etc/init.d/$script"
		done
	fi
	completions=$DESTDIR/usr/share/bash-completion/completions
	mkdir -p "$completions"
	echo '# all of them' >"$completions/_lxc"
	ln -s _lxc "$completions/lxc-start"
	ln -s _lxc "$completions/lxc-stop"
	;;
esac
