import { typeOf } from '../../networks/index.ts';
import type { Reach } from '../../networks/types.ts';
import type { HostModel } from '../../resolve/model.ts';
import type { EndpointState } from '../state.ts';
import type { States } from './parties.ts';
import type { ReachReport } from './report.ts';

/**
 * What types reach that give their containers no interface: nothing, where there is but loopback; all that the host
 * does, where the interfaces are the host's.
 */
export function reachOfBare({ containers, networkByName }: HostModel, states: States): readonly ReachReport[] {
  const host = states.get('host');
  return containers.flatMap(({ name, nics }) =>
    nics.flatMap((nic): ReachReport[] => {
      const network = networkByName.get(nic.network);
      const state = states.get(name);
      if (network === undefined || state === undefined || typeOf(network).keys.includes('ipv4')) return [];
      const seen = host !== undefined && names(host) === names(state);
      const isAlone = names(state) === 'lo';
      if (!seen && !isAlone) return [];
      return ([4, 6] as const).flatMap((family) =>
        Object.entries<boolean>({ ...typeOf(network).reach(network, family) } satisfies Reach).map(
          ([key, promised]): ReachReport => ({
            network: network.name,
            type: network.type,
            family,
            key,
            promised,
            seen,
          }),
        ),
      );
    }),
  );
}

function names({ links }: EndpointState): string {
  return links
    .map(({ ifname }) => ifname)
    .toSorted()
    .join(' ');
}
