#!/bin/sh
# Every shell script of the project, checked as POSIX sh. Fails when shellcheck is missing: a check that did not run is not passed.
set -eu

cd "$(dirname "$0")/.."
command -v shellcheck >/dev/null 2>&1 || {
	echo "shellcheck is missing (run 'make system' as root)" >&2
	exit 1
}
# OpenRC's own interpreter line tells shellcheck nothing, so the shell is named. SC1091: files are where they are
# installed, not here. SC2015: `a && b || continue` means just that.
find init.d build bin test src ebuild -type f \( -name '*.sh' -o -path 'init.d/rc-lxc*' -o -path 'bin/*' -o -name '*.initd' \) -print0 |
	xargs -0 shellcheck --shell=sh --external-sources --exclude=SC1091,SC2015
