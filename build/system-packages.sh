#!/bin/sh
# Sees to it that what the demo and the tests run for real is installed: by the system's package manager
# when root, else it says what is missing. Nothing is started, and nothing is configured.
set -eu

# PROGRAM:DEBIAN PACKAGE:GENTOO PACKAGE
wanted='
openrc-run:openrc:sys-apps/openrc
lxc-start:lxc:app-containers/lxc
nft:nftables:net-firewall/nftables
dnsmasq:dnsmasq-base:net-dns/dnsmasq
ip:iproute2:sys-apps/iproute2
busybox:busybox-static:sys-apps/busybox
unshare:util-linux:sys-apps/util-linux
sysctl:procps:sys-process/procps
shellcheck:shellcheck:dev-util/shellcheck-bin
dash:dash:app-shells/dash
zsh:zsh:app-shells/zsh
mandoc:mandoc:app-text/mandoc
/usr/bin/python3:python3:dev-lang/python
'

debian=
gentoo=
missing=
for entry in $wanted; do
	program=${entry%%:*}
	packages=${entry#*:}
	PATH=$PATH:/sbin:/usr/sbin command -v "$program" >/dev/null 2>&1 && continue
	missing="$missing $program"
	debian="$debian ${packages%%:*}"
	gentoo="$gentoo ${packages#*:}"
done

[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
	echo "rc-lxc: missing here:$missing (root can have them installed; without them only rendering is shown)" >&2
	exit 0
fi

echo "rc-lxc: installing$missing" >&2
if command -v apt-get >/dev/null 2>&1; then
	export DEBIAN_FRONTEND=noninteractive
	log=$(mktemp)
	install() {
		# shellcheck disable=SC2086 # a list of package names
		apt-get install -y -q --no-install-recommends $debian >"$log" 2>&1
	}
	# A package list may be old or absent: it is fetched again only when the first try fails.
	if ! install && ! { apt-get update -q >"$log" 2>&1 && install; }; then
		tail -n 20 "$log" >&2
		rm -f "$log"
		echo "rc-lxc: could not install:$debian" >&2
		exit 1
	fi
	rm -f "$log"
elif command -v emerge >/dev/null 2>&1; then
	# shellcheck disable=SC2086 # a list of package names
	emerge --noreplace --oneshot --quiet $gentoo
else
	echo "rc-lxc: no package manager that I know; please install:$missing" >&2
	exit 1
fi
