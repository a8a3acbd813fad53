import { typeOf } from '../../networks/index.ts';
import type { HostModel, NetworkModel } from '../model.ts';
import type { Rule } from './types.ts';

export const policyHeldOnWire: Rule = {
  code: 'policy-held-on-wire',
  severity: 'warning',
  summary: 'allow-in or allow-out does not hold between the containers of one parent.',
  check: ({ model, place }, report) => {
    for (const { name, allowIn, allowOut, nics } of model.containers) {
      if (allowIn === undefined && allowOut === undefined) continue;
      const network = nics
        .flatMap((nic) => model.networkByName.get(nic.network) ?? [])
        .find((one) => typeOf(one).holds(one).policy === 'wire' && isShared(model, one));
      if (network === undefined) continue;
      const key = allowIn === undefined ? 'allow-out' : 'allow-in';
      report(
        `${name}: \`${key}\` holds for what passes the wire; what other containers on ${network.parent ?? ''} send it never leaves the driver`,
        place('container', name, key),
        'take a type that is held everywhere: bridge or routed',
      );
    }
  },
};

/** Networks of one parent share its driver. */
function isShared({ containers, networkByName }: HostModel, { parent }: NetworkModel): boolean {
  return (
    containers.filter(({ nics }) => nics.some((nic) => networkByName.get(nic.network)?.parent === parent)).length > 1
  );
}
