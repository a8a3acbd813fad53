import { didYouMean } from '../../base/nearest.ts';
import type { Rule } from './types.ts';

export const unknownNetwork: Rule = {
  code: 'unknown-network',
  severity: 'error',
  summary: 'An interface is in a network that the description does not have.',
  check: ({ model, sectionOf }, report) => {
    for (const container of model.containers) {
      for (const nic of container.nics) {
        if (nic.network === '' || model.networkByName.has(nic.network)) continue;
        report(
          `${container.name}: there is no network "${nic.network}"`,
          sectionOf(nic).place('network'),
          didYouMean(nic.network, model.networkByName.keys()) ?? `describe it: [network ${nic.network}]`,
        );
      }
    }
  },
};
