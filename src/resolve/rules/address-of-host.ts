import { freeAddressHint } from './addresses.ts';
import type { Rule } from './types.ts';

export const addressOfHost: Rule = {
  code: 'address-of-host',
  severity: 'error',
  summary: 'A container has the address of the host or of the gateway.',
  check: (context, report) => {
    const general = new Set([...context.model.host.ipv4, ...context.model.host.ipv6]);
    for (const { container, network, key, family, text, section } of context.addresses()) {
      const gateway = family === 4 ? network.gateway4 : network.gateway6;
      const what =
        text === network[key]?.address
          ? `the host's own address in ${network.name}`
          : general.has(text)
            ? `the host's own address, as [host] has it (\`${key}\`)`
            : text === gateway
              ? `the address of the gateway in ${network.name}`
              : undefined;
      if (what === undefined) continue;
      report(
        `${container.name}: ${text} is ${what}`,
        section.has(key) ? section.place(key) : context.place('container', container.name, 'id'),
        freeAddressHint(context, network, family),
      );
    }
  },
};
