import type { Rule } from './types.ts';

export const dhcpWithoutAddress: Rule = {
  code: 'dhcp-without-address',
  severity: 'error',
  summary: 'A network gives addresses, but the host has none in it to give them from.',
  check: ({ model, place }, report) => {
    for (const { name, dhcp, ipv4 } of model.networks) {
      if (!dhcp || ipv4 !== undefined) continue;
      report(
        `${name}: \`dhcp = yes\`, but the host has no IPv4 address in it that a server could answer from`,
        place('network', name, 'dhcp'),
        'give it one, and its length: ipv4 = 10.0.3.1/24',
      );
    }
  },
};
