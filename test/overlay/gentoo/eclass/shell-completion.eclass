# Stand-in for tests: not Gentoo's eclass of this name.

# @ECLASS: shell-completion.eclass
# @MAINTAINER:
# nobody: stand-in for tests
# @SUPPORTED_EAPIS: 8
# @BLURB: where shells look for completions

get_bashcompdir() {
	echo "${EPREFIX}/usr/share/bash-completion/completions"
}

get_zshcompdir() {
	echo "${EPREFIX}/usr/share/zsh/site-functions"
}
