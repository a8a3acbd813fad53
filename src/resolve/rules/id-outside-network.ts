import { freeAddressHint, prefixText } from './addresses.ts';
import type { Rule } from './types.ts';

export const idOutsideNetwork: Rule = {
  code: 'id-outside-network',
  severity: 'error',
  summary: 'A container’s id gives it no address in its network.',
  check: (context, report) => {
    const { model, networks, place, sectionOf } = context;
    for (const container of model.containers) {
      for (const nic of container.id === 0 ? [] : container.nics) {
        const draft = networks.get(nic.network);
        for (const family of [4, 6] as const) {
          const key = family === 4 ? 'ipv4' : 'ipv6';
          const prefix = family === 4 ? draft?.four : draft?.six;
          if (draft === undefined || prefix === undefined || nic[key] !== undefined || sectionOf(nic).has(key))
            continue;
          report(
            `${container.name}: its id ${container.id} gives it no address in ${nic.network} (${prefixText(draft.model, family)})`,
            place('container', container.name, 'id'),
            `${freeAddressHint(context, draft.model, family)}; or take a smaller id`,
          );
        }
      }
    }
  },
};
