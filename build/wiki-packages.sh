#!/bin/sh
# Sees to it that a real MediaWiki can be started for the tests: PHP and librsvg's converter are installed by Debian's
# package manager, and Debian's MediaWiki is unpacked into a folder of its own. It is not installed: it would bring a web
# server, and that would be started. Without root, or without apt, it says what is missing.
set -eu

# As test/lab/support/mediawiki.ts has it.
cache=/var/cache/rc-lxc/mediawiki

has_php() {
	command -v php >/dev/null 2>&1 && modules=$(php -m 2>/dev/null) || return 1
	for module in sqlite3 pdo_sqlite mbstring xml intl; do
		echo "$modules" | grep -qix "$module" || return 1
	done
}

missing=
has_php || missing='php-cli php-sqlite3 php-mbstring php-xml php-intl'
command -v rsvg-convert >/dev/null 2>&1 || missing="$missing librsvg2-bin"
[ -z "$missing" ] && [ -f "$cache/extensions/ParserFunctions/extension.json" ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
	echo "rc-lxc: no MediaWiki here: it needs root on Debian; the tests of wiki pages are skipped without it" >&2
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

install_php() {
	# shellcheck disable=SC2086 # a list of package names
	[ -z "$missing" ] || quietly apt-get install -y -q --no-install-recommends $missing
}

unpack_mediawiki() {
	rm -rf "$work/debs" "$work/image"
	mkdir -p "$work/debs" "$work/image"
	(cd "$work/debs" && quietly apt-get download -q -o APT::Sandbox::User=root mediawiki mediawiki-classes) || return 1
	for package in "$work"/debs/*.deb; do quietly dpkg-deb -x "$package" "$work/image" || return 1; done
	top=$work/image/usr/share/mediawiki
	# These lead to where the package keeps what each wiki has of its own.
	find "$top" -maxdepth 1 -type l -exec rm {} +
	mv "$top/extensions-core" "$top/extensions"
	mkdir -p "${cache%/*}"
	rm -rf "$cache" "$cache.new"
	mv "$top" "$cache.new"
	mv "$cache.new" "$cache"
}

echo "rc-lxc: installing what a MediaWiki for the tests needs: ${missing:+$missing }mediawiki" >&2
if ! { install_php && unpack_mediawiki; }; then
	# A package list may be old or absent.
	quietly apt-get update -q
	install_php
	unpack_mediawiki
fi
