import type { Rule } from './types.ts';

export const natWithoutUplink: Rule = {
  code: 'nat-without-uplink',
  severity: 'error',
  summary: 'A network masquerades, but the description names no interface that leads outside.',
  check: ({ model, place }, report) => {
    if (model.host.uplinks.length > 0) return;
    for (const { name } of model.networks.filter(({ nat }) => nat)) {
      report(
        `${name}: \`nat = yes\`, but the host has no uplink`,
        place('network', name, 'nat'),
        'name the interface that leads outside, in [host]: uplink = eth0',
      );
    }
  },
};
