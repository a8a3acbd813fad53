import { defaultDrops } from '../lxc/privileges.ts';
import type { Rule } from './types.ts';

export const capabilityWithoutEffect: Rule = {
  code: 'capability-without-effect',
  severity: 'warning',
  summary: 'A container is given a capability that it has anyway, or loses one that it has not.',
  check: ({ model, place }, report) => {
    for (const { name, capabilities, userNamespace } of model.containers) {
      const drops = new Set(defaultDrops(userNamespace));
      for (const capability of capabilities) {
        if (capability.keep === drops.has(capability.name)) continue;
        const has = capability.keep ? 'has it anyway' : 'does not have it anyway';
        report(
          `${name}: ${capability.keep ? '+' : '-'}${capability.name} changes nothing: it ${has}`,
          place('container', name, 'capabilities'),
          `take ${capability.name} out`,
        );
      }
    }
  },
};
