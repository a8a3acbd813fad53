#!/bin/sh
# What a release can test of itself, without root, npm and network: its shell parses, its program runs, and each example
# still gives the tree that it gave when the release was made.
set -eu

cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/root"

for script in init.d/rc-lxc* init.d/lib/*.sh; do
	sh -n "$script"
done

wanted=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)
found=$(node dist/main.mjs --version)
[ "$found" = "$wanted" ] || {
	echo "the program says that it is $found, and this is $wanted" >&2
	exit 1
}

for example in examples/*/; do
	name=$(basename "$example")
	# Under another root only files speak: the machine that this runs on has no say.
	node dist/main.mjs render --root "$work/root" -c "${example}host.ini" --output "$work/$name" >"$work/said" 2>&1 || {
		cat "$work/said"
		exit 1
	}
	if [ "${1:-}" = --record ]; then
		mkdir -p "$2"
		cp -R "$work/$name" "$2/$name"
	else
		diff -r --no-dereference "check/$name" "$work/$name"
	fi
done
