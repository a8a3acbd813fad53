import { didYouMean } from '../../base/nearest.ts';
import type { Rule } from './types.ts';

export const unknownContainer: Rule = {
  code: 'unknown-container',
  severity: 'error',
  summary: 'A container needs one that the description does not have.',
  check: ({ model, place }, report) => {
    for (const { name, needs } of model.containers) {
      for (const needed of needs) {
        if (model.containerByName.has(needed)) continue;
        report(
          `${name}: there is no container "${needed}"`,
          place('container', name, 'needs'),
          didYouMean(needed, model.containerByName.keys()) ?? `describe it: [container ${needed}]`,
        );
      }
    }
  },
};
