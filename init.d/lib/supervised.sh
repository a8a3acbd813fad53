# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # variables are shared between files and with the service
#
# What supervise-daemon runs for a container with restart = always or on-failure: LXC's monitor in the foreground,
# and after it the decision whether it comes back. In, from the service's environment: rc_lxc_svc, rc_lxc_svcdir,
# rc_lxc_sbin, rc_lxc_run and the lxc_* settings.
# lxc-start runs in the foreground of this shell: a shell starts background commands with SIGINT and SIGQUIT
# ignored, and the container's init would inherit that.

# shellcheck source=/dev/null
. "@LIBEXECDIR@/container.sh"
# shellcheck source=/dev/null
. "@LIBEXECDIR@/stop.sh"
# shellcheck source=/dev/null
. "@LIBEXECDIR@/verdict.sh"
# shellcheck source=/dev/null
. "@LIBEXECDIR@/supervise.sh"

RC_SVCNAME=$rc_lxc_svc RC_SVCDIR=$rc_lxc_svcdir
rc_lxc_run_once
rc_lxc_after "$?"
