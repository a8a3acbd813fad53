import type { Rule } from './types.ts';

export const dhcpNotServed: Rule = {
  code: 'dhcp-not-served',
  severity: 'error',
  summary: 'A container asks for its address, but nobody in its network gives any.',
  check: ({ model, sectionOf }, report) => {
    for (const container of model.containers) {
      for (const nic of container.nics) {
        const network = model.networkByName.get(nic.network);
        if (!nic.dhcp || network === undefined || network.dhcp) continue;
        report(
          `${container.name}: \`ipv4 = dhcp\`, but nobody in ${network.name} gives addresses`,
          sectionOf(nic).place('ipv4'),
          `write dhcp = yes in [network ${network.name}], or leave \`ipv4\` out for an address without asking`,
        );
      }
    }
  },
};
