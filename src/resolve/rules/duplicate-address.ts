import { freeAddressHint } from './addresses.ts';
import type { Rule } from './types.ts';

export const duplicateAddress: Rule = {
  code: 'duplicate-address',
  severity: 'error',
  summary: 'Two interfaces have the same address.',
  check: (context, report) => {
    const owners = new Map<string, string>();
    for (const { container, nic, network, key, family, text, section } of context.addresses()) {
      const owner = owners.get(text);
      if (owner === undefined) {
        owners.set(text, `${container.name}'s ${nic.name}`);
        continue;
      }
      report(
        `${container.name}: ${text} is the address of ${owner} already`,
        section.has(key) ? section.place(key) : context.place('container', container.name, 'id'),
        freeAddressHint(context, network, family),
      );
    }
  },
};
