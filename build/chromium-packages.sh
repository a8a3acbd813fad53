#!/bin/sh
# Sees to it that pages can be looked at in a browser by the tests: Debian's Chromium, and the fonts that drawings are
# measured in. Nothing is started. Without root, or without apt, it says what is missing.
set -eu

has_font() {
	[ -f /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ]
}

missing=
command -v chromium >/dev/null 2>&1 || missing=chromium
has_font || missing="$missing fonts-dejavu-core"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
	echo "rc-lxc: missing here: $missing: it needs root on Debian; the tests of pages in a browser are skipped without it" >&2
	exit 0
fi

export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT

install() {
	# shellcheck disable=SC2086 # a list of package names
	apt-get install -y -q --no-install-recommends $missing >"$log" 2>&1
}

echo "rc-lxc: installing $missing" >&2
# A package list may be old or absent.
if ! install && ! { apt-get update -q >"$log" 2>&1 && install; }; then
	tail -n 20 "$log" >&2
	echo "rc-lxc: could not install: $missing" >&2
	exit 1
fi
