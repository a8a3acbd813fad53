# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # variables are shared between files and with the service
#
# LXC's post-stop hook of a container that is not supervised: LXC's monitor runs this when the container has
# ended. It leaves the reason for `status`, and lets OpenRC know when that was no crash. A crash it leaves alone:
# OpenRC sees by itself that the daemon is gone.
# In, from the service's environment: rc_lxc_svc, rc_lxc_svcdir, rc_lxc_sbin, rc_lxc_run. From LXC: LXC_TARGET.

[ "$LXC_TARGET" = stop ] || exit 0
[ -n "$rc_lxc_svc" ] && [ -n "$rc_lxc_run" ] || exit 0
# During a start or a stop the service itself looks.
[ -e "$rc_lxc_run.up" ] && [ ! -e "$rc_lxc_svcdir/stopping/$rc_lxc_svc" ] || exit 0

# shellcheck source=/dev/null
. "@LIBEXECDIR@/verdict.sh"
rc_lxc_verdict "$rc_lxc_run.log" 0
printf '%s\n%s\n' "$rc_lxc_end" "$rc_lxc_why" >"$rc_lxc_run.ended"
[ "$rc_lxc_end" != crash ] || exit 0
# The openrc-run that started the container is gone: its PID must not be signalled.
unset RC_OPENRC_PID
"$rc_lxc_sbin/mark_service_stopped" "$rc_lxc_svc"
rm -f "$rc_lxc_run.up"
exit 0
