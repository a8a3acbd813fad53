#!/bin/sh
# Lays the stand-in for Gentoo's repository into a throw-away host, beside the overlay: lay.sh OVERLAY; and configures Portage
# to use both. It is run inside of that host.
set -eu

from=$(cd "$(dirname "$0")" && pwd)
overlay=$1
repos=/var/db/repos
repository=$repos/gentoo

rm -rf /etc/portage
mkdir -p /etc/portage/repos.conf /var/cache/distfiles "$repository"
cp -R "$from/gentoo/." "$repository/"
cp -R "$overlay" "$repos/rc-lxc"

# Each licence is a file; what is in it does not matter here.
mkdir -p "$repository/licenses" "$repository/metadata/md5-cache"
for licence in 0BSD Apache-2.0 BSD BSD-2 BlueOak-1.0.0 GPL-2 ISC LGPL-2.1 LGPL-3 MIT; do
	echo "A stand-in for the licence $licence." >"$repository/licenses/$licence"
done

while read -r package slot flags; do
	case $package in '' | '#'*) continue ;; esac
	name=${package#*/}
	folder=$repository/${package%%/*}/${name%-*}
	mkdir -p "$folder"
	cat >"$folder/$name.ebuild" <<-END
		# Copyright 2026 Gentoo Authors
		# Distributed under the terms of the GNU General Public License v2

		EAPI=8

		DESCRIPTION="Stand-in for ${package%-*}"
		HOMEPAGE="https://www.gentoo.org/"
		S="\${WORKDIR}"

		LICENSE="GPL-2"
		SLOT="$slot"
		KEYWORDS="~amd64 ~arm ~arm64 ~ppc64 ~riscv ~x86"
		IUSE="$flags"
	END
done <"$from/packages"

ln -s "$repository/profiles/stand-in/amd64" /etc/portage/make.profile
cat >/etc/portage/repos.conf/all.conf <<END
[DEFAULT]
main-repo = gentoo

[gentoo]
location = $repository
auto-sync = no

[rc-lxc]
location = $repos/rc-lxc
auto-sync = no
END
# Portage from PyPI looks for its defaults below a prefix, and is told to have none. Sandboxes are the host's own.
portage=$(command -v portageq)
cat "${portage%/bin/*}/share/portage/config/make.globals" - >/etc/portage/make.conf <<END
CHOST="x86_64-pc-linux-gnu"
FETCHCOMMAND="false"
RESUMECOMMAND="false"
PORTAGE_USERNAME="root"
PORTAGE_GRPNAME="root"
FEATURES="\${FEATURES} -sandbox -usersandbox -userpriv -userfetch -news -ipc-sandbox -pid-sandbox -network-sandbox"
END

# It calls GNU's programs by names that Gentoo gives them.
for program in awk find grep make sed tar xargs; do
	[ -e "/usr/local/bin/g$program" ] || ln -s "$(command -v "$program")" "/usr/local/bin/g$program"
done
