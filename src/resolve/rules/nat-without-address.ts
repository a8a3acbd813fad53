import type { Rule } from './types.ts';

export const natWithoutAddress: Rule = {
  code: 'nat-without-address',
  severity: 'error',
  summary: 'A network masquerades, but the host has no address in it to be its gateway.',
  check: ({ model, place }, report) => {
    for (const { name } of model.networks.filter(
      ({ nat, gateway4, gateway6 }) => nat && gateway4 === undefined && gateway6 === undefined,
    )) {
      report(
        `${name}: \`nat = yes\`, but the host has no address in it that containers could route through`,
        place('network', name, 'nat'),
        'give it one, and its length: ipv4 = 10.0.3.1/24',
      );
    }
  },
};
