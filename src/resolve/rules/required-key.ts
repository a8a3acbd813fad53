import { requiredKeys } from '../values.ts';
import type { Rule } from './types.ts';

export const requiredKey: Rule = {
  code: 'required-key',
  severity: 'error',
  summary: 'A section lacks a key that it cannot do without.',
  check: ({ description, freeId }, report) => {
    for (const section of [...description.containers, ...description.nics]) {
      for (const key of requiredKeys(section.kind).filter(({ name }) => !section.has(name))) {
        const hint = key.name === 'id' ? `write id = ${freeId()}: no container has it` : `write it like ${key.example}`;
        report(`${section.name}: \`${key.name}\` is missing`, section.where, hint);
      }
    }
  },
};
