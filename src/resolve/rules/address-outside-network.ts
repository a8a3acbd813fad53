import { contains } from '../../base/ip.ts';
import { freeAddressHint, prefixText, usedAddresses } from './addresses.ts';
import type { Rule } from './types.ts';

export const addressOutsideNetwork: Rule = {
  code: 'address-outside-network',
  severity: 'error',
  summary: 'A container has an address that is not in its network.',
  check: (context, report) => {
    for (const { container, nic, network, key, family, text, ip, prefix } of usedAddresses(context)) {
      if (contains(prefix, ip)) continue;
      report(
        `${container.name}: ${text} is not in ${network.name} (${prefixText(network, family)})`,
        context.nicPlace(container, nic, key),
        freeAddressHint(context, network, family),
      );
    }
  },
};
