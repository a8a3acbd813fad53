import { contains, isHostAddress, parseIp } from '../../base/ip.ts';
import { freeAddressHint, prefixText } from './addresses.ts';
import type { Rule } from './types.ts';

export const addressNotAHost: Rule = {
  code: 'address-not-a-host',
  severity: 'error',
  summary: 'A container has the address of the network itself, or the one for all in it.',
  check: (context, report) => {
    for (const { container, network, key, family, text, prefix, section } of context.addresses()) {
      const ip = section.has(key) ? parseIp(text) : undefined;
      if (ip === undefined || !contains(prefix, ip) || isHostAddress(prefix, ip)) continue;
      report(
        `${container.name}: ${text} is the first or the last address of ${prefixText(network, family)}, which no machine can have`,
        section.place(key),
        freeAddressHint(context, network, family),
      );
    }
  },
};
