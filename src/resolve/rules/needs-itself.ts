import type { Rule } from './types.ts';

export const needsItself: Rule = {
  code: 'needs-itself',
  severity: 'error',
  summary: 'A container needs itself.',
  check: ({ model, place }, report) => {
    for (const { name, needs } of model.containers) {
      if (!needs.includes(name)) continue;
      report(`${name} needs itself`, place('container', name, 'needs'), `take ${name} out of its \`needs\``);
    }
  },
};
