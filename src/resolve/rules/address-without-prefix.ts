import type { NetworkModel } from '../model.ts';
import type { Rule } from './types.ts';

export const addressWithoutPrefix: Rule = {
  code: 'address-without-prefix',
  severity: 'error',
  summary: 'A container has an address of a family that its network does not have.',
  check: ({ model, sectionOf }, report) => {
    for (const container of model.containers) {
      for (const nic of container.nics) {
        const network = model.networkByName.get(nic.network);
        for (const key of ['ipv4', 'ipv6'] as const) {
          const address = nic[key];
          if (network === undefined || address === undefined || hasPrefix(network, key)) continue;
          report(
            `${container.name}: it has ${address.address}, but the network ${network.name} has no \`${key}\``,
            sectionOf(nic).place(key),
            `remove the line, or give [network ${network.name}] an address with its length: ${key} = ADDRESS/LENGTH`,
          );
        }
      }
    }
  },
};

function hasPrefix(network: NetworkModel, key: 'ipv4' | 'ipv6'): boolean {
  return (key === 'ipv4' ? network.prefix4 : network.prefix6) !== undefined;
}
