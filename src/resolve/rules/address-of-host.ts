import { freeAddressHint, usedAddresses } from './addresses.ts';
import type { Rule } from './types.ts';

export const addressOfHost: Rule = {
  code: 'address-of-host',
  severity: 'error',
  summary: 'A container has the address of the host or of the gateway.',
  check: (context, report) => {
    for (const { container, nic, network, key, family, text } of usedAddresses(context)) {
      const gateway = family === 4 ? network.gateway4 : network.gateway6;
      if (text !== network[key]?.address && text !== gateway) continue;
      const whose = text === network[key]?.address ? "the host's own address" : 'the address of the gateway';
      const section = context.description.nicSections.get(`${container.name}:${nic.name}`);
      const written = section === undefined ? context.place('container', container.name, key) : section.place(key);
      const where = written === nic.where ? context.place('container', container.name, 'id') : written;
      report(
        `${container.name}: ${text} is ${whose} in ${network.name}`,
        where,
        freeAddressHint(context, network, family),
      );
    }
  },
};
