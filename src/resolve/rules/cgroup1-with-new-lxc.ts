import { isAtLeast } from '../../lxc/version.ts';
import type { Rule } from './types.ts';

/** The first LXC that knows cgroup v2 alone. */
const firstWithout = '7.0.0';

export const cgroup1WithNewLxc: Rule = {
  code: 'cgroup1-with-new-lxc',
  severity: 'error',
  summary: 'The host has control groups of version 1, and its LXC knows version 2 alone.',
  check: ({ model, place }, report) => {
    const { lxc, cgroup1Controllers } = model.host;
    if (cgroup1Controllers.length === 0 || !isAtLeast(lxc, firstWithout)) return;
    report(
      `the host has ${cgroup1Controllers.join(', ')} in cgroup v1, where LXC ${lxc} starts no container`,
      place('host', '', 'cgroup1'),
      'set rc_cgroup_mode="unified" in /etc/rc.conf and boot again; if this is not about the machine you are on, write cgroup1 = none in [host]',
    );
  },
};
