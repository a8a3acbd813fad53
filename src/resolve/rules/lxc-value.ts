import { lxcKeyProblem, lxcValueProblem } from '../../lxc/check.ts';
import type { Rule } from './types.ts';

export const lxcValue: Rule = {
  code: 'lxc-value',
  severity: 'error',
  summary: 'A line for the LXC config has a value that LXC does not take.',
  check: ({ model }, report) => {
    for (const { name, raw } of model.containers) {
      for (const { key, value, where } of raw) {
        if (lxcKeyProblem(key, model.host.lxc) !== undefined) continue;
        const wrong = lxcValueProblem(key, value);
        if (wrong !== undefined) report(`${name}: ${key} cannot be "${value}"`, where, wrong);
      }
    }
  },
};
