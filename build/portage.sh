#!/bin/sh
# Sees to it that the real Portage and pkgcheck are there, in a folder of their own: from PyPI into a virtual environment
# of Python's. Nothing is configured, and nothing outside of that folder changes, but for Debian's python3-venv where
# it is missing. A machine that has Portage itself, as Gentoo's have, is left as it is.
set -eu

# As test/packaging/support/portage.ts has it.
cache=/var/cache/rc-lxc/portage
portage=3.0.83
# The newest that does with bash 5.2, which Debian has.
pkgcheck=0.10.37

[ "$(cat "$cache/versions" 2>/dev/null)" != "$portage $pkgcheck" ] || exit 0
if [ "$(id -u)" -ne 0 ]; then
	echo "rc-lxc: no Portage here: root can have it installed by 'make system-portage'" >&2
	exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work" "$cache.new"' EXIT

quietly() {
	"$@" >"$work/log" 2>&1 || {
		tail -n 20 "$work/log" >&2
		return 1
	}
}

make_environment() {
	rm -rf "$cache.new"
	quietly python3 -m venv --copies "$cache.new"
}

echo "rc-lxc: installing Portage $portage and pkgcheck $pkgcheck into $cache" >&2
mkdir -p "${cache%/*}"
if ! make_environment 2>/dev/null; then
	# A package list may be old or absent.
	quietly apt-get install -y -q --no-install-recommends python3-venv ||
		{ quietly apt-get update -q && quietly apt-get install -y -q --no-install-recommends python3-venv; }
	make_environment
fi
quietly "$cache.new/bin/pip" install -q --disable-pip-version-check "portage==$portage" "pkgcheck==$pkgcheck"
rm -rf "$cache"
mv "$cache.new" "$cache"
# The environment knows its place by name.
grep -rlIZ "$cache\.new" "$cache/bin" "$cache/pyvenv.cfg" | xargs -0 -r sed -i "s|$cache\.new|$cache|g"
echo "$portage $pkgcheck" >"$cache/versions"
