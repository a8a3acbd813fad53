import type { NetworkModel } from '../resolve/model.ts';
import type { FirewallParts, NetworkRule } from './types.ts';

/** Types whose containers share a card of the host's: what they have in common. */

/** The card; a rule has refused a network without one. */
export function parentOf(network: NetworkModel): string {
  return network.parent ?? '';
}

/** They are on the wire themselves: nothing is forwarded or translated for them. */
export const noFirewallParts: FirewallParts = { guarded: [], masquerade4: [], masquerade6: [] };

/** A card in a bridge hands its frames to that: nothing else that hangs on it sees any. */
export function parentIsPort(type: string): NetworkRule {
  return {
    code: `${type}-parent-is-port`,
    severity: 'error',
    summary: `The parent of a ${type} network is a port of a bridge, which takes all of its frames.`,
    check: (network, context, report) => {
      const holder = context.model.networks.find(({ ports }) => ports.includes(parentOf(network)));
      if (holder === undefined) return;
      report(
        `${network.name}: its parent ${parentOf(network)} is a port of ${holder.name}, whose bridge takes all frames`,
        context.place('network', network.name, 'parent'),
        // A macvlan on a bridge makes that promiscuous, and so its ports.
        holder.quiet
          ? `put its containers into ${holder.name}, or name another card`
          : `put its containers into ${holder.name}, or take the bridge as the parent: parent = ${holder.link ?? ''}`,
      );
    },
  };
}

/** A network of the type takes so many containers, and `why`. */
export function tooManyContainers(
  type: string,
  most: (network: NetworkModel) => number | undefined,
  why: string,
): NetworkRule {
  return {
    code: `${type}-too-many-containers`,
    severity: 'error',
    summary: `More containers are in a ${type} network than it takes.`,
    check: (network, context, report) => {
      const limit = most(network);
      if (limit === undefined) return;
      const nics = context.model.containers.flatMap((container) =>
        container.nics.filter((nic) => nic.network === network.name).map((nic) => ({ container, nic })),
      );
      for (const { container, nic } of nics.slice(limit)) {
        report(
          `${container.name}: ${network.name} has a container already, and ${why}`,
          nic.where,
          'put it into another network: a bridge, routed, or macvlan with mode = bridge',
        );
      }
    },
  };
}
