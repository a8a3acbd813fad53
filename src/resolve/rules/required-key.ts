import { requiredKeys } from '../values.ts';
import type { Rule } from './types.ts';

export const requiredKey: Rule = {
  code: 'required-key',
  severity: 'error',
  summary: 'A section lacks a key that it cannot do without.',
  check: ({ description, freeId }, report) => {
    const required = { container: requiredKeys('container'), nic: requiredKeys('nic') };
    for (const section of [...description.containers, ...description.nics]) {
      for (const key of section.kind === 'nic' ? required.nic : required.container) {
        if (section.has(key.name)) continue;
        const hint = key.name === 'id' ? `write id = ${freeId()}: no container has it` : `write it like ${key.example}`;
        report(`${section.name}: \`${key.name}\` is missing`, section.where, hint);
      }
    }
  },
};
