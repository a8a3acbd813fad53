import { freeAddressHint } from './addresses.ts';
import type { Rule } from './types.ts';

export const addressOfHost: Rule = {
  code: 'address-of-host',
  severity: 'error',
  summary: 'A container has the address of the host or of the gateway.',
  check: (context, report) => {
    for (const { container, network, key, family, text, section } of context.addresses()) {
      const isHosts = text === network[key]?.address;
      if (!isHosts && text !== (family === 4 ? network.gateway4 : network.gateway6)) continue;
      report(
        `${container.name}: ${text} is ${isHosts ? "the host's own address" : 'the address of the gateway'} in ${network.name}`,
        section.has(key) ? section.place(key) : context.place('container', container.name, 'id'),
        freeAddressHint(context, network, family),
      );
    }
  },
};
