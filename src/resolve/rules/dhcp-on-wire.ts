import type { Rule } from './types.ts';

export const dhcpOnWire: Rule = {
  code: 'dhcp-on-wire',
  severity: 'error',
  summary: 'A network with a port outside gives addresses, which would reach machines of others.',
  check: ({ model, place }, report) => {
    for (const { name, dhcp, ports } of model.networks) {
      if (!dhcp || ports.length === 0) continue;
      report(
        `${name}: \`dhcp = yes\` would answer on the wire of ${ports.join(', ')} too, where others may give addresses`,
        place('network', name, 'dhcp'),
        'leave `dhcp` out: its containers have their addresses without asking',
      );
    }
  },
};
