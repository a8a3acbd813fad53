import type { Rule } from './types.ts';

export const duplicateInterface: Rule = {
  code: 'duplicate-interface',
  severity: 'error',
  summary: 'An interface is described both in its container’s section and in one of its own.',
  check: ({ description }, report) => {
    for (const container of description.containers) {
      const nic = description.nicSections.get(`${container.name}:eth0`);
      if (nic === undefined || !container.has('network')) continue;
      report(
        `${container.name}: its eth0 is described already, by \`network\` in [container ${container.name}]`,
        nic.where,
        `name it otherwise: [nic ${container.name}:eth1]`,
      );
    }
  },
};
