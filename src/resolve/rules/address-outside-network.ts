import { contains, parseIp } from '../../base/ip.ts';
import { freeAddressHint, prefixText } from './addresses.ts';
import type { Rule } from './types.ts';

export const addressOutsideNetwork: Rule = {
  code: 'address-outside-network',
  severity: 'error',
  summary: 'A container has an address that is not in its network.',
  check: (context, report) => {
    for (const { container, network, key, family, text, prefix, section } of context.addresses()) {
      // What is derived from the id is inside.
      const ip = section.has(key) ? parseIp(text) : undefined;
      if (ip === undefined || contains(prefix, ip)) continue;
      report(
        `${container.name}: ${text} is not in ${network.name} (${prefixText(network, family)})`,
        section.place(key),
        freeAddressHint(context, network, family),
      );
    }
  },
};
