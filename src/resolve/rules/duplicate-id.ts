import type { Rule } from './types.ts';

export const duplicateId: Rule = {
  code: 'duplicate-id',
  severity: 'error',
  summary: 'Two containers have the same id, and with it the same user ids on the host.',
  check: ({ model, place, freeId }, report) => {
    const owners = new Map<number, string>();
    for (const { name, id } of model.containers) {
      const owner = owners.get(id);
      owners.set(id, owner ?? name);
      if (id === 0 || owner === undefined) continue;
      report(
        `${name}: ${id} is the id of ${owner} already`,
        place('container', name, 'id'),
        `write id = ${freeId()}: no container has it`,
      );
    }
  },
};
