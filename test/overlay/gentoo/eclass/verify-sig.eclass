# Stand-in for tests: not Gentoo's eclass of this name.

# @ECLASS: verify-sig.eclass
# @MAINTAINER:
# nobody: stand-in for tests
# @SUPPORTED_EAPIS: 8
# @BLURB: the USE flag that asks for signatures to be checked

IUSE="verify-sig"
BDEPEND="verify-sig? ( app-crypt/gnupg app-portage/gemato )"

verify-sig_src_unpack() {
	[[ -n ${VERIFY_SIG_OPENPGP_KEY_PATH} ]] || die "no key to check signatures with"
	default_src_unpack
}

EXPORT_FUNCTIONS src_unpack
