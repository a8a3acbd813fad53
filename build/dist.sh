#!/bin/sh
# Makes release/rc-lxc-VERSION.tar.gz from what is built: the same bytes from the same sources, wherever and whenever.
# It holds what is built and what is installed with it, its sources, and a Makefile that needs neither npm nor network.
set -eu
umask 022
export LC_ALL=C

cd "$(dirname "$0")/.."
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)
name=rc-lxc-$version
release=${RELEASE_DIR:-$PWD/release}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

epoch=$(node build/epoch.ts)

top=$work/$name
mkdir "$top"
cp -R dist init.d conf.d examples templates src build README.md CHANGELOG.md LICENSE \
	package.json package-lock.json tsconfig.json "$top/"
[ ! -d docs ] || cp -R docs "$top/"
cp install.mk "$top/Makefile"
find "$top" -name __pycache__ -prune -exec rm -r '{}' +
sh build/self-check.sh --record "$top/check"

mkdir -p "$release"
tar -C "$work" --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mtime="@$epoch" \
	--mode=u=rwX,go=rX -cf "$work/$name.tar" "$name"
gzip -n -9 "$work/$name.tar"
mv "$work/$name.tar.gz" "$release/"
echo "$release/$name.tar.gz"
