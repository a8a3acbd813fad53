import type { SectionValues } from '../values.ts';
import { freeAddressHint, prefixText } from './addresses.ts';
import type { Rule } from './types.ts';

export const idOutsideNetwork: Rule = {
  code: 'id-outside-network',
  severity: 'error',
  summary: 'A container’s id gives it no address in its network.',
  check: (context, report) => {
    const { model, description, networks, place } = context;
    const sections = new Map<string, SectionValues>(description.containers.map((section) => [section.name, section]));
    for (const container of model.containers) {
      if (container.id === 0) continue;
      for (const nic of container.nics) {
        const draft = networks.get(nic.network);
        const section = description.nicSections.get(`${container.name}:${nic.name}`) ?? sections.get(container.name);
        for (const family of [4, 6] as const) {
          const key = family === 4 ? 'ipv4' : 'ipv6';
          const prefix = family === 4 ? draft?.four : draft?.six;
          if (draft === undefined || prefix === undefined || nic[key] !== undefined || section?.has(key) === true)
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
