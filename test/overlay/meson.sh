#!/bin/sh
# Stands in for Meson in the test of the ebuild of LXC, whose sources cannot be had: it installs files where LXC's build
# would, as far as the ebuild does something to them.
set -eu

case $1 in
setup)
	shift
	echo "$*" | tr ' ' '\n' >/var/tmp/meson.options
	;;
compile | test) ;;
install)
	for path in usr/libexec/lxc/lxc-net usr/libexec/lxc/lxc-containers usr/bin/lxc-start usr/bin/lxc-stop; do
		mkdir -p "$DESTDIR/${path%/*}"
		printf '#!/bin/sh\n' >"$DESTDIR/$path"
		chmod 0755 "$DESTDIR/$path"
	done
	completions=$DESTDIR/usr/share/bash-completion/completions
	mkdir -p "$completions"
	echo '# all of them' >"$completions/_lxc"
	ln -s _lxc "$completions/lxc-start"
	ln -s _lxc "$completions/lxc-stop"
	;;
esac
