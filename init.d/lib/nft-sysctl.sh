# shellcheck shell=sh
# shellcheck disable=SC3043,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# Kernel settings from a file in the manner of sysctl.conf(5), in its order, without a process for any.

rc_lxc_nft_sysctls() {
	rc_lxc_nft_each_sysctl rc_lxc_nft_set_sysctl
}

rc_lxc_nft_sysctls_check() {
	rc_lxc_nft_each_sysctl rc_lxc_nft_find_sysctl
}

# Calls $1 with the key, its path under /proc/sys and the value of every line. Goes on after a failure, and returns it.
rc_lxc_nft_each_sysctl() {
	local line key value status=0
	[ -e "$rc_lxc_nft_sysctl" ] || return 0
	while read -r line || [ -n "$line" ]; do
		case $line in
		'' | '#'* | ';'*) continue ;;
		?*=*) ;;
		*) eerror "$rc_lxc_nft_sysctl: this is no \"key = value\": $line"; status=1; continue ;;
		esac
		key=${line%%=*} value=${line#*=}
		key=${key%"${key##*[![:space:]]}"}
		value=${value#"${value%%[![:space:]]*}"}
		rc_lxc_nft_sysctl_path "$key"
		"$1" "$key" "$rc_lxc_nft_path" "$value" || status=1
	done <"$rc_lxc_nft_sysctl"
	return "$status"
}

# Out: rc_lxc_nft_path. As sysctl(8) has it: where a key's first separator is a slash, it is a path; else dots
# separate, and a slash stands for a dot, as in the name of a VLAN's interface.
rc_lxc_nft_sysctl_path() {
	local rest="$1" head
	head=${rest%%[./]*}
	case ${rest#"$head"} in
	/*) rc_lxc_nft_path=$rest; return ;;
	esac
	rc_lxc_nft_path=
	while :; do
		head=${rest%%[./]*}
		rest=${rest#"$head"}
		case $rest in
		.*) rc_lxc_nft_path=$rc_lxc_nft_path$head/ ;;
		/*) rc_lxc_nft_path=$rc_lxc_nft_path$head. ;;
		*) rc_lxc_nft_path=$rc_lxc_nft_path$head; return ;;
		esac
		rest=${rest#?}
	done
}

# Is there such a setting? 1 when not; a missing interface is only worth a warning: rc_lxc_nft_there=no.
rc_lxc_nft_find_sysctl() {
	local link="$2"
	rc_lxc_nft_there=yes
	[ ! -e "/proc/sys/$2" ] || return 0
	rc_lxc_nft_there=no
	case $2 in
	net/ipv[46]/conf/?*/?* | net/ipv[46]/neigh/?*/?*)
		link=${link#net/ipv?/*/}
		link=${link%/*}
		if [ ! -e "/sys/class/net/$link" ] && [ -e "/proc/sys/${2%"/$link/"*}" ]; then
			ewarn "The interface $link is not there, so $1 = $3 is not set; when it is:" \
				"rc-service $RC_SVCNAME reload"
			return 0
		fi
		;;
	esac
	eerror "$rc_lxc_nft_sysctl: the kernel has no setting $1"
	return 1
}

rc_lxc_nft_set_sysctl() {
	local now=''
	rc_lxc_nft_find_sysctl "$@" || return 1
	[ "$rc_lxc_nft_there" = yes ] || return 0
	{ printf '%s\n' "$3" >"/proc/sys/$2"; } 2>/dev/null && return 0
	# Where /proc/sys is read-only, someone else may have seen to it.
	{ read -r now <"/proc/sys/$2"; } 2>/dev/null
	[ "$now" != "$3" ] || return 0
	eerror "The kernel does not take $1 = $3${now:+ (it is $now)}"
	return 1
}
