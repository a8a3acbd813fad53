# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154,SC3043,SC3045 # shared variables; dash, bash and busybox have local, ulimit -S
#
# What supervise-daemon runs for a container with restart = always or on-failure: LXC's monitor in the foreground,
# and after it the decision whether it comes back. In, from the service's environment: rc_lxc_svc, rc_lxc_svcdir,
# rc_lxc_sbin, rc_lxc_run, rc_lxc_files, rc_lxc_hooks, rc_lxc_nl and the lxc_* settings.
# lxc-start runs in the foreground of this shell: a shell starts background commands with SIGINT and SIGQUIT
# ignored, and the container's init would inherit that.

_rc_lxc_use() {
	local part
	for part; do
		# shellcheck source=/dev/null
		. "@LIBEXECDIR@/$part.sh"
	done
}

RC_SVCNAME=$rc_lxc_svc RC_SVCDIR=$rc_lxc_svcdir
ulimit -S -n "$rc_lxc_files" 2>/dev/null || :
# An earlier life may have ended with its monitor killed.
if [ -e "$rc_lxc_run.up" ]; then
	_rc_lxc_use process container stop
	# Nobody reads what is said here.
	ewarn() { :; }
	rc_lxc_sweep
fi
: >"$rc_lxc_run.log"
IFS=$rc_lxc_nl
# shellcheck disable=SC2086 # a list of lines
set -- $rc_lxc_hooks
unset IFS
set -- lxc-start "$@" -n "$lxc_name" -P "$lxc_path" -f "$lxc_config" -F -C -q -p "$rc_lxc_run.pid" \
	-o "$rc_lxc_run.log" -l INFO
[ "$lxc_aslr" != no ] || set -- setarch "$(uname -m)" -R "$@"
"$@" </dev/null >/dev/null 2>&1
set -- $?
_rc_lxc_use process container verdict supervise
rc_lxc_after "$1"
