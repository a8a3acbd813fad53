import { typeOf } from '../../networks/index.ts';
import type { Rule } from './types.ts';

export const policyNotHeld: Rule = {
  code: 'policy-not-held',
  severity: 'error',
  summary: 'allow-in or allow-out is written for a container whose packets the host never sees.',
  check: ({ model, place }, report) => {
    for (const { name, allowIn, allowOut, nics } of model.containers) {
      const key = allowIn === undefined ? 'allow-out' : 'allow-in';
      if (allowIn === undefined && allowOut === undefined) continue;
      const network = nics
        .flatMap((nic) => model.networkByName.get(nic.network) ?? [])
        .find((one) => typeOf(one).holds(one).policy === 'nothing');
      if (network === undefined) continue;
      report(
        `${name}: \`${key}\` cannot be held in ${network.name}: type ${typeOf(network).name} passes by the host’s packet filter`,
        place('container', name, key),
        'leave it out, or take a type that can be held: bridge, routed, macvlan',
      );
    }
  },
};
