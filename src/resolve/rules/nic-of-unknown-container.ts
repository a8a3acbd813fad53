import { didYouMean } from '../../base/nearest.ts';
import type { Rule } from './types.ts';

export const nicOfUnknownContainer: Rule = {
  code: 'nic-of-unknown-container',
  severity: 'error',
  summary: 'A [nic] section names a container that the description does not have.',
  check: ({ model, description }, report) => {
    for (const nic of description.nics) {
      const owner = nic.name.slice(0, nic.name.indexOf(':'));
      if (model.containerByName.has(owner)) continue;
      report(
        `there is no container "${owner}"`,
        nic.where,
        didYouMean(owner, model.containerByName.keys()) ?? `describe it: [container ${owner}]`,
      );
    }
  },
};
