#!/bin/sh
# Makes release/rc-lxc-VERSION.tar.gz from what is built: the same bytes from the same sources, wherever and whenever.
# It holds what is built and what is installed with it, its sources, and a Makefile that needs neither npm nor network.
# Sources that are no release give rc-lxc-9999.tar.gz. `--sources` only says which files of the checkout go into it.
set -eu
umask 022
export LC_ALL=C

cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
sources="init.d conf.d examples templates src build bench/results README.md CHANGELOG.md LICENSE package.json package-lock.json tsconfig.json"
[ ! -d docs ] || sources="$sources docs"
# shellcheck disable=SC2086 # one word a path
if [ "${1:-}" = --sources ]; then
	printf '%s\n' $sources install.mk
	exit
fi

name=rc-lxc-$(node build/changelog.ts)
release=${RELEASE_DIR:-$PWD/release}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

epoch=$(node build/epoch.ts)

top=$work/$name
mkdir "$top"
# What lies around in a checkout is no part of it.
# shellcheck disable=SC2086 # one word a path
if [ "$(git rev-parse --show-prefix 2>/dev/null || echo none)" = '' ]; then
	git ls-files -z -- $sources >"$work/list"
else
	find $sources ! -type d ! -path '*/__pycache__/*' -print0 >"$work/list"
fi
tar --null --files-from="$work/list" -cf "$work/sources.tar"
tar -C "$top" -xf "$work/sources.tar"
rm "$work/sources.tar"
cp -R dist "$top/"
cp install.mk "$top/Makefile"
sh build/self-check.sh --record "$top/check"

pack() { # name
	tar -C "$work" --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mtime="@$epoch" \
		--mode=u=rwX,go=rX -cf "$work/$1.tar" "$1"
	gzip -n -9 "$work/$1.tar"
}

pack "$name"
# What has changed since a release is not that release, and must not lie about under its name.
recorded=$(sed -n "s/^DIST $name\.tar\.gz .* SHA512 //p" ebuild/app-containers/rc-lxc/Manifest 2>/dev/null || true)
if [ -n "$recorded" ] && ! echo "$recorded  $work/$name.tar.gz" | sha512sum -c --status; then
	echo "note: the sources have changed since $name was released" >&2
	mv "$top" "$work/rc-lxc-9999"
	name=rc-lxc-9999
	pack "$name"
fi
mkdir -p "$release"
mv "$work/$name.tar.gz" "$release/"
echo "$release/$name.tar.gz"
