# Stand-in for tests: not Gentoo's eclass of this name.

# @ECLASS: linux-info.eclass
# @MAINTAINER:
# nobody: stand-in for tests
# @SUPPORTED_EAPIS: 8
# @BLURB: says of each option in CONFIG_CHECK that it is asked for

case ${EAPI} in
	8) ;;
	*) die "EAPI ${EAPI} is not supported" ;;
esac

# It looks at a list of options in a file that the test names, where Gentoo's looks at the kernel. One that is asked for
# has an ERROR_ or a message that the eclass makes up.
linux-info_pkg_setup() {
	local option error
	for option in ${CONFIG_CHECK}; do
		[[ ${option} == "~"[A-Z0-9]* ]] || die "CONFIG_CHECK: ${option} is fatal, or no option"
		option=${option#"~"}
		error=ERROR_${option}
		[[ -n ${!error} ]] || die "CONFIG_CHECK: no message for ${option}"
		if [[ -n ${STAND_IN_KERNEL} ]] && ! grep -q "^CONFIG_${option}=[ym]" "${STAND_IN_KERNEL}"; then
			ewarn "${!error}"
		fi
	done
}

EXPORT_FUNCTIONS pkg_setup
