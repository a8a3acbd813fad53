import type { HostModel } from '../model.ts';
import { freeAddressHint } from './addresses.ts';
import type { Rule } from './types.ts';

export const addressOfHost: Rule = {
  code: 'address-of-host',
  severity: 'error',
  summary: 'A container has the address of the host or of the gateway.',
  check: (context, report) => {
    const hosts = hostAddresses(context.model);
    for (const { container, network, key, family, text, section } of context.addresses()) {
      const gateway = family === 4 ? network.gateway4 : network.gateway6;
      const where = hosts.get(text);
      const atGateway = text === gateway ? `the address of the gateway in ${network.name}` : undefined;
      const what = where === undefined ? atGateway : `the host's own address ${where}`;
      if (what === undefined) continue;
      report(
        `${container.name}: ${text} is ${what}`,
        section.has(key) ? section.place(key) : context.place('container', container.name, 'id'),
        freeAddressHint(context, network, family),
      );
    }
  },
};

/** Every address of the host, and where it has that. */
function hostAddresses({ host, networks }: HostModel): ReadonlyMap<string, string> {
  return new Map([
    ...[...host.ipv4, ...host.ipv6].map((address) => [address, 'by [host]'] as const),
    ...networks.flatMap(({ name, ipv4, ipv6 }) =>
      [ipv4, ipv6].flatMap((own) => (own === undefined ? [] : [[own.address, `in ${name}`] as const])),
    ),
  ]);
}
