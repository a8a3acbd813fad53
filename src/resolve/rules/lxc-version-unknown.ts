import { parseVersion } from '../../lxc/version.ts';
import type { Rule } from './types.ts';

export const lxcVersionUnknown: Rule = {
  code: 'lxc-version-unknown',
  severity: 'warning',
  summary: 'LXC is not installed here, and the description does not say for which LXC to write.',
  check: ({ model, description, facts, place }, report) => {
    const { installedLxc } = facts;
    if (description.host.has('lxc') || (installedLxc !== undefined && parseVersion(installedLxc) !== undefined)) return;
    const found =
      installedLxc === undefined ? 'no LXC is installed here' : `the installed LXC calls itself "${installedLxc}"`;
    report(
      `${found}: what is written is for LXC ${model.host.lxc}`,
      place('host', '', 'lxc'),
      'say in [host] which one the host has: lxc = 7.0',
    );
  },
};
