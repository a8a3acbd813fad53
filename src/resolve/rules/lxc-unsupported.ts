import { isSupported, newestSupported, oldestSupported } from '../../lxc/version.ts';
import type { Rule } from './types.ts';

export const lxcUnsupported: Rule = {
  code: 'lxc-unsupported',
  severity: 'error',
  summary: 'The LXC to write for is older or newer than those that are known.',
  check: ({ model, description, place }, report) => {
    if (isSupported(model.host.lxc)) return;
    const whose = description.host.has('lxc') ? '' : ', which is installed';
    report(
      `LXC ${model.host.lxc}${whose}: configs can be written for ${oldestSupported} to ${newestSupported} and its updates`,
      place('host', '', 'lxc'),
      `write lxc = ${newestSupported} in [host], or another one between the two, and install that`,
    );
  },
};
