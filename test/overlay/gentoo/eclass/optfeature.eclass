# Stand-in for tests: not Gentoo's eclass of this name.

# @ECLASS: optfeature.eclass
# @MAINTAINER:
# nobody: stand-in for tests
# @SUPPORTED_EAPIS: 8
# @BLURB: says which packages a feature needs

optfeature() {
	local feature=$1
	shift
	elog "  $* (for ${feature})"
}
