import { typeOf } from '../../networks/index.ts';
import type { Rule } from './types.ts';

export const networkModeUnknown: Rule = {
  code: 'network-mode-unknown',
  severity: 'error',
  summary: 'The mode of a network is one of another type.',
  check: ({ model, place }, report) => {
    for (const network of model.networks) {
      const { modes, name } = typeOf(network);
      if (modes === undefined || network.mode === undefined || modes.includes(network.mode)) continue;
      report(
        `${network.name}: type ${name} has no mode ${network.mode}`,
        place('network', network.name, 'mode'),
        `write one of ${modes.join(', ')}`,
      );
    }
  },
};
