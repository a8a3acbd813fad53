# Stand-in for tests: not Gentoo's eclass of this name.

# @ECLASS: linux-info.eclass
# @MAINTAINER:
# nobody: stand-in for tests
# @SUPPORTED_EAPIS: 8
# @BLURB: options of the kernel in CONFIG_CHECK

case ${EAPI} in
	8) ;;
	*) die "EAPI ${EAPI} is not supported" ;;
esac

# Gentoo's looks at the kernel, and takes more forms of an option; this one sees to it that each is one of those that our
# ebuilds use, and has a message.
linux-info_pkg_setup() {
	local option error
	for option in ${CONFIG_CHECK}; do
		[[ ${option} == "~"[A-Z0-9]* ]] || die "CONFIG_CHECK: ${option} is fatal, or no option"
		option=${option#"~"}
		error=ERROR_${option}
		[[ -n ${!error} ]] || die "CONFIG_CHECK: no message for ${option}"
	done
}

EXPORT_FUNCTIONS pkg_setup
