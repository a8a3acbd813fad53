import type { Rule } from './types.ts';

export const eui64WithoutPrefix: Rule = {
  code: 'eui-64-without-prefix',
  severity: 'error',
  summary: 'An address is to be made of the hardware address, in a network whose prefix leaves no room for that.',
  check: ({ model, networks, sectionOf }, report) => {
    for (const container of model.containers) {
      for (const nic of container.nics) {
        const section = sectionOf(nic);
        if (!section.has('ipv6') || section.get('ipv6', 'ipv6-address') !== 'eui-64') continue;
        const length = networks.get(nic.network)?.six?.length;
        if (length === 64 || !networks.has(nic.network)) continue;
        report(
          `${container.name}: \`eui-64\` needs a prefix of 64 bits, and ${nic.network} has ${length === undefined ? 'no `ipv6`' : `one of ${length}`}`,
          section.place('ipv6'),
          `give [network ${nic.network}] a /64, or write the address`,
        );
      }
    }
  },
};
