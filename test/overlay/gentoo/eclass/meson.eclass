# Stand-in for tests: not Gentoo's eclass of this name.

# @ECLASS: meson.eclass
# @MAINTAINER:
# nobody: stand-in for tests
# @SUPPORTED_EAPIS: 8
# @BLURB: builds with Meson

BDEPEND="dev-build/meson dev-build/ninja"

meson_use() {
	usex "$1" "-D${2:-$1}=true" "-D${2:-$1}=false"
}

meson_src_configure() {
	[[ ${FUNCNAME[1]} == src_configure ]] || local emesonargs=()
	meson setup --prefix "${EPREFIX}/usr" --sysconfdir "${EPREFIX}/etc" --libexecdir "${EPREFIX}/usr/libexec" \
		"${emesonargs[@]}" "${S}" "${S}-build" || die
}

meson_src_compile() {
	meson compile -C "${S}-build" || die
}

meson_src_test() {
	meson test -C "${S}-build" || die
}

meson_src_install() {
	DESTDIR="${D}" meson install -C "${S}-build" || die
}

EXPORT_FUNCTIONS src_configure src_compile src_test src_install
