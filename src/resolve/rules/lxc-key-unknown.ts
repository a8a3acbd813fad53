import { lxcKeyProblem } from '../../lxc/check.ts';
import { placeInText } from '../place.ts';
import type { Rule } from './types.ts';

export const lxcKeyUnknown: Rule = {
  code: 'lxc-key-unknown',
  severity: 'error',
  summary: 'A line for the LXC config has a key that no LXC has.',
  check: ({ model }, report) => {
    for (const { name, raw } of model.containers) {
      for (const { key, where } of raw) {
        const found = lxcKeyProblem(key, model.host.lxc);
        if (found?.kind !== 'unknown') continue;
        report(
          `${name}: LXC has no ${key}, and refuses a config that has it`,
          placeInText(where, key),
          found.nearest === undefined ? 'lxc.container.conf(5) lists the keys' : `did you mean "${found.nearest}"?`,
        );
      }
    }
  },
};
