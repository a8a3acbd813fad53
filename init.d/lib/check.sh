# shellcheck shell=sh
# shellcheck disable=SC3043,SC2034,SC2154 # dash, bash and busybox have local; variables are shared between files
#
# Could the container start? Every complaint names the remedy. Needs container.sh.

# One call of LXC answers everything: does the configuration parse, does the container run, where is its rootfs,
# which ids does it map, what are its limits. Out: also what rc_lxc_look gives.
rc_lxc_check() {
	if [ ! -r "$lxc_config" ]; then
		eerror "$lxc_name has no configuration: $lxc_config is not there"
		eerror "Make the container: lxc-create -n '$lxc_name' -P '$lxc_path' -t busybox"
		return 1
	fi
	if ! command -v lxc-start >/dev/null; then
		eerror "LXC is not installed: there is no lxc-start"
		return 1
	fi
	if ! rc_lxc_look -c lxc.rootfs.path -c lxc.idmap -c lxc.arch -c lxc.cgroup2 -c lxc.cgroup; then
		eerror "${rc_lxc_blind}:"
		rc_lxc_parse_errors
		return 1
	fi
	rc_lxc_sort_values
	rc_lxc_check_rootfs && rc_lxc_check_links && rc_lxc_check_ports && rc_lxc_check_tables && rc_lxc_check_map && rc_lxc_check_aslr
}

rc_lxc_parse_errors() {
	local line
	rc_lxc_do lxc-info -o /dev/stdout -l ERROR -s 2>/dev/null | sed -n 's/[[:cntrl:]]/?/g; s/^.* ERROR  *[^ ]* - [^ ]* - //p' |
		while read -r line; do eerror "  $line"; done
}

# Out: rc_lxc_rootfs; rc_lxc_arch; rc_lxc_map, a line for each map; rc_lxc_limits, a line for each lxc.cgroup2.X
# and lxc.cgroup.X.
rc_lxc_sort_values() {
	local line
	rc_lxc_rootfs='' rc_lxc_map='' rc_lxc_arch='' rc_lxc_limits=''
	while read -r line; do
		case $line in
		'lxc.rootfs.path = '*) rc_lxc_rootfs=${line#* = } ;;
		'lxc.arch = '*) rc_lxc_arch=${line#* = } ;;
		'lxc.idmap = '*) rc_lxc_map="${line#* = }$rc_lxc_nl" ;;
		[ugb]' '*) rc_lxc_map="$rc_lxc_map$line$rc_lxc_nl" ;;
		'lxc.cgroup2 = '* | 'lxc.cgroup = '*) rc_lxc_limits="$rc_lxc_limits${line#* = }$rc_lxc_nl" ;;
		lxc.cgroup2.* | lxc.cgroup.*) rc_lxc_limits="$rc_lxc_limits$line$rc_lxc_nl" ;;
		esac
	done <<-END
		$rc_lxc_values
	END
}

# `type:path`; types whose path is no file of the host are for LXC to judge.
rc_lxc_check_rootfs() {
	local path="$rc_lxc_rootfs"
	case $path in
	'') return 0 ;;
	overlay:* | overlayfs:*)
		path=${path#*:}
		rc_lxc_there "${path%%:*}"
		return
		;;
	dir:* | loop:* | btrfs:*) path=${path#*:} ;;
	esac
	case $path in
	/*) rc_lxc_there "$path" ;;
	esac
}

rc_lxc_there() {
	[ ! -e "$1" ] || return 0
	eerror "The rootfs of $lxc_name is not there: $1"
	eerror "Make it with lxc-create or rc-lxc apply --create, mount it, or correct lxc.rootfs.path in $lxc_config"
	return 1
}

rc_lxc_check_links() {
	local link
	for link in $lxc_links; do
		[ ! -e "/sys/class/net/$link" ] || continue
		eerror "$lxc_name needs the host's interface $link, which is not there"
		if [ -e "/etc/init.d/net.$link" ]; then
			eerror "Start it: rc-service net.$link start"
		elif [ -e "/etc/init.d/rc-lxc-link.$link" ]; then
			eerror "Start it: rc-service rc-lxc-link.$link start"
		fi
		return 1
	done
}

# LXC hands these words to a shell.
rc_lxc_check_ports() {
	local index veth link hostmac mac options rest
	while read -r index veth link hostmac mac options rest; do
		[ -n "$index" ] || continue
		case $options:$rest:$index$veth$link$hostmac$mac$options in
		?*::*[!0-9A-Za-z:.,_=-]*) ;;
		?*::*) rc_lxc_number lxc_ports "$index" && continue ;;
		esac
		eerror "lxc_ports has a line that is not INDEX VETH LINK HOSTMAC MAC OPTIONS: $index $veth $link $hostmac $mac $options $rest"
		return 1
	done <<-END
		$lxc_ports
	END
}

# A container whose firewall is not loaded does not start. A line of lxc_tables is FAMILY TABLE SET ELEMENT, its own
# element in nft's words, or FAMILY TABLE.
rc_lxc_check_tables() {
	[ -n "$lxc_tables" ] || return 0
	rc_lxc_tables_loaded && return 0
	rc-service --ifexists rc-lxc-nft reload >/dev/null 2>&1
	rc_lxc_tables_loaded && return 0
	eerror "The firewall of $lxc_name is not loaded: there is no nftables $rc_lxc_missing"
	eerror "See what is wrong: rc-service rc-lxc-nft restart"
	return 1
}

# A table of a network card stays without its chains when the card has gone, on older kernels.
# nft would fetch every element of every set to get or list one. With -c the kernel says whether it could remove the
# element, and removes nothing.
rc_lxc_tables_loaded() {
	local family table set element commands
	while read -r family table set element; do
		[ -n "$table" ] || continue
		if [ -z "$set" ]; then
			rc_lxc_missing="table $family $table"
			nft -t list table "$family" "$table" >/dev/null 2>&1 || return 1
			continue
		fi
		rc_lxc_missing="table $family $table with $element in its set $set"
		nft -c "delete element $family $table $set { $element }" >/dev/null 2>&1 || return 1
		[ "$family" != netdev ] || nft -c "flush chain $family $table egress" >/dev/null 2>&1 || return 1
	done <<-END
		$lxc_tables
	END
}

# LXC maps ids through newuidmap where that is installed setuid, for root as well; and newuidmap allows only what
# /etc/subuid gives (newuidmap(1)).
rc_lxc_check_map() {
	local kind inside outside count
	[ -n "$rc_lxc_map" ] || return 0
	while read -r kind inside outside count; do
		case $kind in
		u) rc_lxc_may_map newuidmap /etc/subuid "$outside" "$count" || return 1 ;;
		g) rc_lxc_may_map newgidmap /etc/subgid "$outside" "$count" || return 1 ;;
		esac
	done <<-END
		$rc_lxc_map
	END
}

# In: the helper $1, its file $2, the first id $3 on the host and their number $4.
rc_lxc_may_map() {
	local helper owner first length next="$3" end covered
	helper=$(command -v "$1") && [ -u "$helper" ] || return 0
	end=$(($3 + $4))
	while [ "$next" -lt "$end" ]; do
		covered=$next
		[ ! -r "$2" ] || while IFS=: read -r owner first length; do
			case $owner in root | 0) ;; *) continue ;; esac
			if [ "$first" -le "$next" ] && [ "$((first + length))" -gt "$next" ]; then
				next=$((first + length))
			fi
		done <"$2"
		[ "$next" -gt "$covered" ] && continue
		eerror "$lxc_name may not have the ids $3 to $((end - 1)): $2 does not give them to root"
		eerror "Allow it: echo 'root:$3:$4' >>$2"
		return 1
	done
}

# LXC sets the personality itself where lxc.arch asks for one, and so turns randomisation on again.
rc_lxc_check_aslr() {
	[ "$lxc_aslr" = no ] && [ -n "$rc_lxc_arch" ] || return 0
	eerror "lxc_aslr=no has no effect while $lxc_config sets lxc.arch = $rc_lxc_arch: remove one of them"
	return 1
}

# The command: what start_pre checks, and what the service would do.
rc_lxc_checkconfig() {
	rc_lxc_check || return 1
	rc_lxc_halt_signal "$rc_lxc_init"
	einfo "$lxc_name can start: $lxc_config"
	einfo "It is ready when: $lxc_ready; halts on signal $rc_lxc_signal ($rc_lxc_init_kind); restart: $lxc_restart"
}
