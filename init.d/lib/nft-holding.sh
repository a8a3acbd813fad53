# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# When the service holds what containers send and get, and what it says of that. Needs nft.sh and nft-files.sh.

rc_lxc_nft_hold_is_known() {
	case $rc_lxc_nft_hold in
	yes | follow | no) ;;
	*) eerror "rc_lxc_nft_hold is \"$rc_lxc_nft_hold\": it must be yes, follow or no"; return 1 ;;
	esac
}

rc_lxc_nft_hold_parts() {
	rc_lxc_nft_part port
	rc_lxc_nft_part nft-hold
	rc_lxc_nft_part nft-hold-card
}

# The rules go. First, all is held that they let pass, and what they did not: until there are rules again.
rc_lxc_nft_leave() {
	if rc_lxc_nft_is_to_hold; then
		rc_lxc_nft_hold_parts
		rc_lxc_hold_all ||
			ewarn "Until the rules are loaded again, nothing is held of what containers do on:$rc_lxc_hold_missed"
		rc_lxc_nft_tell_held
	fi
	rc_lxc_nft_unload
}

# Rules that are to come no more, as where the description has none, are not waited for.
rc_lxc_nft_is_to_hold() {
	[ -s "$rc_lxc_nft_run/tables" ] && rc_lxc_nft_written || return 1
	case $rc_lxc_nft_hold in
	no) return 1 ;;
	follow) [ -e "$RC_SVCDIR/stopping/nftables" ] || [ -e "$RC_SVCDIR/starting/$RC_SVCNAME" ] ;;
	esac
}

rc_lxc_nft_tell_held() {
	local command=start
	[ -s "$rc_lxc_nft_run/held" ] || return 0
	[ ! -e "$RC_SVCDIR/started/$RC_SVCNAME" ] || command=reload
	[ ! -e "$RC_SVCDIR/stopping/$RC_SVCNAME" ] || command=start
	ewarn "What containers send and get is held until the rules are loaded: rc-service $RC_SVCNAME $command"
	ewarn "To let it pass without any rules: rc-service $RC_SVCNAME release"
}

rc_lxc_nft_let_pass() {
	local name names=''
	[ -e "$rc_lxc_nft_run/held" ] || return 0
	rc_lxc_nft_hold_parts
	rc_lxc_hold_end && return 0
	while read -r name _; do names="$names $name"; done <"$rc_lxc_nft_run/held"
	rc_lxc_why="containers are still held on:$names"
	return 1
}
