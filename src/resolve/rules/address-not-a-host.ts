import { contains, isHostAddress } from '../../base/ip.ts';
import { freeAddressHint, prefixText, usedAddresses } from './addresses.ts';
import type { Rule } from './types.ts';

export const addressNotAHost: Rule = {
  code: 'address-not-a-host',
  severity: 'error',
  summary: 'A container has the address of the network itself, or the one for all in it.',
  check: (context, report) => {
    for (const { container, nic, network, key, family, text, ip, prefix } of usedAddresses(context)) {
      if (!contains(prefix, ip) || isHostAddress(prefix, ip)) continue;
      report(
        `${container.name}: ${text} is the first or the last address of ${prefixText(network, family)}, which no machine can have`,
        context.nicPlace(container, nic, key),
        freeAddressHint(context, network, family),
      );
    }
  },
};
