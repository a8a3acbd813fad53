import { typeOf } from '../../networks/index.ts';
import type { Reach } from '../../networks/types.ts';
import type { NetworkModel } from '../../resolve/model.ts';
import { isInner } from '../../resolve/policy.ts';

/** Something that a network type says, and that a way depends on. */
export interface Condition {
  readonly network: NetworkModel;
  readonly key: keyof Reach;
  readonly holds: boolean;
}

/** Whether the containers of a network go out through the host. */
export function isGateway(network: NetworkModel, family: 4 | 6): boolean {
  const [gateway, own] = family === 4 ? [network.gateway4, network.ipv4] : [network.gateway6, network.ipv6];
  return typeOf(network).hostRoutes === true || asksHost(network) || (own !== undefined && own.address === gateway);
}

/** Whether a network hangs on a card and is behind the host all the same: the driver asks the host's routes. */
function asksHost(network: NetworkModel): boolean {
  return network.parent !== undefined && !typeOf(network).isOnWire(network);
}

/** Whether the host has a route of its own into a network. */
export function isHostIn(network: NetworkModel, family: 4 | 6): boolean {
  return typeOf(network).hostRoutes === true || (family === 4 ? network.ipv4 : network.ipv6) !== undefined;
}

interface Parted {
  readonly conditions: readonly Condition[];
  readonly forwarded: readonly Condition[];
}

/** What an inner bridge is forwarded, or not, is the policy's alone to say: it knows what is named. */
export function parted(all: readonly Condition[]): Parted {
  const isForwarded = ({ network, key }: Condition): boolean => isInner(network) && key.endsWith('Outside');
  return { conditions: all.filter((each) => !isForwarded(each)), forwarded: all.filter((each) => isForwarded(each)) };
}

export function condition(network: NetworkModel, family: 4 | 6, key: keyof Reach): Condition {
  return { network, key, holds: typeOf(network).reach(network, family)[key] };
}
