import type { Rule } from './types.ts';

export const autostartNeeds: Rule = {
  code: 'autostart-needs',
  severity: 'warning',
  summary: 'A container that starts with the host needs one that does not.',
  check: ({ model, place }, report) => {
    for (const { name, needs } of model.containers.filter((container) => container.autostart)) {
      for (const needed of needs) {
        if (model.containerByName.get(needed)?.autostart !== false) continue;
        report(
          `${name} starts with the host and needs ${needed}, which has \`autostart = no\`: it starts all the same`,
          place('container', needed, 'autostart'),
          `write autostart = yes for ${needed}, or autostart = no for ${name}`,
        );
      }
    }
  },
};
