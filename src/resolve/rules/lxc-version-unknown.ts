import type { Rule } from './types.ts';

export const lxcVersionUnknown: Rule = {
  code: 'lxc-version-unknown',
  severity: 'warning',
  summary: 'LXC is not installed here, and the description does not say for which LXC to write.',
  check: ({ model, description, facts, place }, report) => {
    if (description.host.has('lxc') || facts.installedLxc !== undefined) return;
    report(
      `no LXC is installed here: what is written is for LXC ${model.host.lxc}`,
      place('host', '', 'lxc'),
      'say in [host] which one the host has: lxc = 7.0',
    );
  },
};
