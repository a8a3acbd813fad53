import { freeAddressHint, usedAddresses } from './addresses.ts';
import type { Rule } from './types.ts';

export const duplicateAddress: Rule = {
  code: 'duplicate-address',
  severity: 'error',
  summary: 'Two interfaces have the same address.',
  check: (context, report) => {
    const owners = new Map<string, string>();
    for (const { container, nic, network, key, family, text } of usedAddresses(context)) {
      const owner = owners.get(text);
      owners.set(text, owner ?? `${container.name}'s ${nic.name}`);
      if (owner === undefined) continue;
      report(
        `${container.name}: ${text} is the address of ${owner} already`,
        context.nicPlace(container, nic, key),
        freeAddressHint(context, network, family),
      );
    }
  },
};
