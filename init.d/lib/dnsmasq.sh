# shellcheck shell=sh
# shellcheck disable=SC3043,SC3045,SC2034,SC2154 # dash, bash and busybox have local, ulimit -S; shared variables
#
# A dnsmasq for containers, under a supervisor.
#
# /run/rc-lxc-dnsmasq has:
#   conf, leases, hosts   copies of /etc/rc-lxc/dnsmasq.*, as it has read them
#   pid                   its own process; it writes this once it listens
#   supervisor            the supervisor's process
#   errors                what it said when it could not start

rc_lxc_dnsmasq_run=/run/rc-lxc-dnsmasq
rc_lxc_dnsmasq_etc=/etc/rc-lxc

for _rc_lxc_part in process port; do
	# shellcheck source=/dev/null
	. "@LIBEXECDIR@/$_rc_lxc_part.sh"
done

rc_lxc_dnsmasq_setup() {
	rc_lxc_why=
	: "${rc_lxc_dnsmasq_options:=}" "${rc_lxc_dnsmasq_user:=}" "${rc_lxc_dnsmasq_timeout:=10}"
	[ -n "$rc_lxc_dnsmasq_user" ] || rc_lxc_dnsmasq_user=$(rc_lxc_dnsmasq_account)
	rc_lxc_find_ip
}

# dnsmasq's own default is a user that others have, too.
rc_lxc_dnsmasq_account() {
	local name
	while IFS=: read -r name _; do
		[ "$name" != dnsmasq ] || { echo dnsmasq; return; }
	done </etc/passwd
	echo nobody
}

# Can it be started with what is there? Says why not.
rc_lxc_dnsmasq_check() {
	command -v dnsmasq >/dev/null 2>&1 || {
		eerror "dnsmasq is not installed: emerge net-dns/dnsmasq, or apt-get install dnsmasq-base"
		return 1
	}
	local file
	for file in conf leases hosts; do
		[ ! -r "$rc_lxc_dnsmasq_etc/dnsmasq.$file" ] || continue
		eerror "$rc_lxc_dnsmasq_etc/dnsmasq.$file is not there: rc-lxc apply writes it when a network has dhcp = yes"
		return 1
	done
	rc_lxc_dnsmasq_takes conf 's/^/&/' || return 1
	# A line of these that it does not take would be left out, and that container would get no address.
	rc_lxc_dnsmasq_takes leases 's/^[^#]/dhcp-host=&/'
}

# Does dnsmasq take file $1? In: $2, what sed makes settings of it with.
rc_lxc_dnsmasq_takes() {
	local words line
	words=$(sed "$2" "$rc_lxc_dnsmasq_etc/dnsmasq.$1" | dnsmasq --test --conf-file=- 2>&1) && return 0
	eerror "dnsmasq does not take $rc_lxc_dnsmasq_etc/dnsmasq.$1:"
	while IFS= read -r line; do
		[ -z "$line" ] || eerror "  $line"
	done <<-END
		$words
	END
	return 1
}

rc_lxc_dnsmasq_start() {
	[ -d "$rc_lxc_dnsmasq_run" ] || mkdir -m 0755 "$rc_lxc_dnsmasq_run" || return 1
	rc_lxc_dnsmasq_remember || return 1
	rm -f "$rc_lxc_dnsmasq_run/pid" || return 1
	: >"$rc_lxc_dnsmasq_run/errors" || return 1
	rc_lxc_dnsmasq_supervise || { rc_lxc_why="supervise-daemon did not start"; return 1; }
	rc_lxc_dnsmasq_await && return 0
	rc_lxc_dnsmasq_end
	rc_lxc_dnsmasq_reasons
	return 1
}

# It reads these when it starts, and when it is told: what changes later shows by the copies.
rc_lxc_dnsmasq_remember() {
	local file
	for file in conf leases hosts; do
		cp "$rc_lxc_dnsmasq_etc/dnsmasq.$file" "$rc_lxc_dnsmasq_run/$file" || return 1
	done
}

# supervise-daemon goes through every file descriptor that the limit allows, which takes tens of milliseconds where
# that is a million.
rc_lxc_dnsmasq_supervise() {
	local files
	files=$(ulimit -S -n)
	ulimit -S -n 1024 2>/dev/null || :
	# shellcheck disable=SC2086 # options are a list of words
	supervise-daemon "$RC_SVCNAME" --start --pidfile "$rc_lxc_dnsmasq_run/supervisor" \
		--respawn-max 10 --respawn-period 60 --retry TERM/5/KILL/5 \
		--stderr "$rc_lxc_dnsmasq_run/errors" "$(command -v dnsmasq)" -- --keep-in-foreground \
		--conf-file="$rc_lxc_dnsmasq_etc/dnsmasq.conf" --pid-file="$rc_lxc_dnsmasq_run/pid" \
		--user="$rc_lxc_dnsmasq_user" $rc_lxc_dnsmasq_options
	set -- $?
	ulimit -S -n "$files" 2>/dev/null || :
	return "$1"
}

# Waits until it listens, or says why it cannot.
rc_lxc_dnsmasq_await() {
	local end
	rc_lxc_clock
	end=$((rc_lxc_now + rc_lxc_dnsmasq_timeout * 100))
	until rc_lxc_dnsmasq_lives; do
		[ ! -s "$rc_lxc_dnsmasq_run/errors" ] || return 1
		rc_lxc_clock
		[ "$rc_lxc_now" -lt "$end" ] || return 1
		rc_lxc_nap 0.02
	done
}

# Does it run? Out: rc_lxc_pid.
rc_lxc_dnsmasq_lives() {
	rc_lxc_read_pid "$rc_lxc_dnsmasq_run/pid"
	rc_lxc_is_named "$rc_lxc_pid" dnsmasq
}

rc_lxc_dnsmasq_reasons() {
	local line
	rc_lxc_why="dnsmasq did not answer within $rc_lxc_dnsmasq_timeout seconds"
	while IFS= read -r line; do
		[ -n "${line#dnsmasq: }" ] || continue
		rc_lxc_why=${line#dnsmasq: }
		break
	done <"$rc_lxc_dnsmasq_run/errors"
	rc_lxc_dnsmasq_rivals 53 67
}

# Ends it and its supervisor, which notes nothing of it: for a start that failed.
rc_lxc_dnsmasq_end() {
	rc_lxc_read_pid "$rc_lxc_dnsmasq_run/supervisor"
	[ -n "$rc_lxc_pid" ] || return 0
	supervise-daemon "$RC_SVCNAME" --stop --pidfile "$rc_lxc_dnsmasq_run/supervisor"
}

rc_lxc_dnsmasq_stop() {
	rc_lxc_dnsmasq_end || { rc_lxc_why="its supervisor did not end"; return 1; }
	# One that has lost its supervisor.
	if rc_lxc_dnsmasq_lives; then
		kill "$rc_lxc_pid" 2>/dev/null || :
		rc_lxc_gone "$rc_lxc_pid" 5 || { rc_lxc_why="process $rc_lxc_pid did not end"; return 1; }
	fi
	rm -rf "$rc_lxc_dnsmasq_run"
}

# New leases and names are read by the one that runs. It would keep an address for whom it gave it to, and it reads its
# other settings once: then its supervisor starts it anew, which takes nothing from anybody, as all addresses are fixed.
rc_lxc_dnsmasq_reload() {
	rc_lxc_dnsmasq_lives || { rc_lxc_why="it does not run: restart"; return 1; }
	if cmp -s "$rc_lxc_dnsmasq_etc/dnsmasq.conf" "$rc_lxc_dnsmasq_run/conf" &&
		! grep -qvxF -f "$rc_lxc_dnsmasq_etc/dnsmasq.leases" "$rc_lxc_dnsmasq_run/leases"; then
		rc_lxc_dnsmasq_remember && kill -s HUP "$rc_lxc_pid" || { rc_lxc_why="process $rc_lxc_pid was not told"; return 1; }
		return 0
	fi
	rc_lxc_dnsmasq_remember || return 1
	rm -f "$rc_lxc_dnsmasq_run/pid"
	: >"$rc_lxc_dnsmasq_run/errors"
	kill "$rc_lxc_pid" && rc_lxc_dnsmasq_await || { rc_lxc_dnsmasq_reasons; return 1; }
}

rc_lxc_dnsmasq_status() {
	if ! service_started; then
		einfo "status: stopped"
		return 3
	fi
	if ! rc_lxc_dnsmasq_lives; then
		[ ! -e "$rc_lxc_dnsmasq_run/errors" ] || rc_lxc_dnsmasq_reasons
		eerror "status: crashed (dnsmasq does not run${rc_lxc_why:+: $rc_lxc_why}; restart starts it again)"
		return 32
	fi
	einfo "status: started"
	rc_lxc_dnsmasq_changed
	rc_lxc_dnsmasq_deaf "$rc_lxc_pid"
}

# What was written since, and not read.
rc_lxc_dnsmasq_changed() {
	local file
	for file in conf leases hosts; do
		cmp -s "$rc_lxc_dnsmasq_etc/dnsmasq.$file" "$rc_lxc_dnsmasq_run/$file" ||
			ewarn "$rc_lxc_dnsmasq_etc/dnsmasq.$file has changed since it was read: rc-service $RC_SVCNAME reload"
	done
}

# The links that it is to serve.
rc_lxc_dnsmasq_links() {
	local line
	while IFS= read -r line; do
		case $line in interface=*) echo "${line#interface=}" ;; esac
	done <"$rc_lxc_dnsmasq_etc/dnsmasq.conf"
}

# The IPv4 addresses of link $1, a line each.
rc_lxc_dnsmasq_addresses() {
	local address
	"$rc_lxc_ip" -o -4 address show dev "$1" 2>/dev/null | while read -r _ _ _ address _; do echo "${address%/*}"; done
}

# Says which links process $1 does not serve, and why as far as that can be told.
rc_lxc_dnsmasq_deaf() {
	local link address listeners
	listeners=$(ss -H -l -n -u -p sport = :53 2>/dev/null) || return 0
	for link in $(rc_lxc_dnsmasq_links); do
		[ -e "/sys/class/net/$link" ] || { ewarn "$link is not there: it is served once it is"; continue; }
		for address in $(rc_lxc_dnsmasq_addresses "$link"); do
			printf '%s\n' "$listeners" | grep -F " $address:53 " | grep -qF "pid=$1," ||
				ewarn "$link is not served: dnsmasq could not listen at $address:53"
		done
	done
}

# Names the programs that hold one of the ports $@ at every address of the host or at one of the links: dnsmasq only
# says that something does.
rc_lxc_dnsmasq_rivals() {
	local port link at users name pid line own='' ours=''
	for link in $(rc_lxc_dnsmasq_links); do ours="$ours $(rc_lxc_dnsmasq_addresses "$link" | tr '\n' ' ')"; done
	! rc_lxc_dnsmasq_lives || own=$rc_lxc_pid
	for port; do ss -H -l -n -t -u -p sport = ":$port" 2>/dev/null; done | while read -r _ _ _ _ at _ users; do
		name=${users#*'(("'} pid=${users#*pid=}
		name=${name%%\"*} pid=${pid%%,*}
		[ -n "$users" ] && [ "$pid" != "$own" ] || continue
		case "$at" in
		'0.0.0.0:'* | '*:'* | '[::]:'*) echo "$name (process $pid) holds port ${at##*:} of every address" ;;
		*) case " $ours " in *" ${at%:*} "*) echo "$name (process $pid) holds port ${at##*:} of ${at%:*}" ;; esac ;;
		esac
	done | sort -u | while IFS= read -r line; do
		ewarn "$line: have it listen at its own addresses alone (of a dnsmasq: bind-dynamic, and except-interface=LINK)"
	done
}
