import { typeOf } from '../../networks/index.ts';
import type { Reach } from '../../networks/types.ts';
import { familiesOf } from '../../resolve/carried.ts';
import type { Allowance, ContainerModel, HostModel, NetworkModel } from '../../resolve/model.ts';
import { verdict } from '../../resolve/policy.ts';
import type { Endpoint } from '../../resolve/policy.ts';

/** What new connections there are on an interface, by what the network's type carries and what the policy lets through. */
export type Ways = Reach;

type Far = 'host' | 'outside';

export const noWays: Ways = { containers: false, toHost: false, fromHost: false, toOutside: false, fromOutside: false };

/** What the network itself carries, in one family or the other. */
export function carried(network: NetworkModel): Ways {
  return familiesOf(network)
    .map((family) => typeOf(network).reach(network, family))
    .reduce<Ways>(either, noWays);
}

export function either(one: Ways, other: Ways): Ways {
  return {
    containers: one.containers || other.containers,
    toHost: one.toHost || other.toHost,
    fromHost: one.fromHost || other.fromHost,
    toOutside: one.toOutside || other.toOutside,
    fromOutside: one.fromOutside || other.fromOutside,
  };
}

/** What is left of it for one container. */
export function waysOf(model: HostModel, container: ContainerModel, network: NetworkModel): Ways {
  const ways = carried(network);
  // The verdict looks for nobody else.
  const alone: HostModel = { ...model, containers: [container] };
  const opens = (far: Far, key: 'allow-in' | 'allow-out'): boolean => someFlow(alone, container, network, far, key);
  return {
    containers: ways.containers,
    toHost: ways.toHost && opens('host', 'allow-out'),
    fromHost: ways.fromHost && opens('host', 'allow-in'),
    toOutside: ways.toOutside && opens('outside', 'allow-out'),
    fromOutside: ways.fromOutside && opens('outside', 'allow-in'),
  };
}

/** Whether there is anything that may be opened: what an entry names, or where none is written, anything. */
function someFlow(
  model: HostModel,
  container: ContainerModel,
  network: NetworkModel,
  far: Far,
  key: 'allow-in' | 'allow-out',
): boolean {
  const entries = key === 'allow-in' ? container.allowIn : container.allowOut;
  const own: Endpoint = { kind: 'container', name: container.name, network: network.name };
  return familiesOf(network).some((family) =>
    (entries ?? [undefined]).some((entry) => {
      const other = farEnd(far, entry);
      const [from, to] = key === 'allow-in' ? [other, own] : [own, other];
      return verdict(model, { from, to, family, ...serviceOf(entry) }).allowed;
    }),
  );
}

function farEnd(far: Far, entry: Allowance | undefined): Endpoint {
  if (far === 'host') return { kind: 'host' };
  if (entry?.target.kind !== 'prefix') return { kind: 'outside' };
  return { kind: 'outside', address: entry.target.prefix.replace(/\/\d+$/u, '') };
}

/** A packet that the entry means. */
export function serviceOf(entry: Allowance | undefined): { protocol: 'tcp' | 'udp' | 'icmp'; port?: number } {
  const protocol = entry?.protocol ?? 'tcp';
  return protocol === 'icmp' ? { protocol } : { protocol, port: entry?.ports?.first ?? 1 };
}
