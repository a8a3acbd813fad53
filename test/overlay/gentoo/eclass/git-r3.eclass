# Stand-in for tests: not Gentoo's eclass of this name.

# @ECLASS: git-r3.eclass
# @MAINTAINER:
# nobody: stand-in for tests
# @SUPPORTED_EAPIS: 8
# @BLURB: unpacks a clone of a git repository

PROPERTIES="live"
BDEPEND="dev-vcs/git"

git-r3_src_unpack() {
	git clone --depth 1 "${EGIT_REPO_URI}" "${S}" || die
}

EXPORT_FUNCTIONS src_unpack
