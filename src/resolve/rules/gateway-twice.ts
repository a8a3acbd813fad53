import { parseIp } from '../../base/ip.ts';
import type { Rule } from './types.ts';

export const gatewayTwice: Rule = {
  code: 'gateway-twice',
  severity: 'error',
  summary: 'A network has two gateways of one family.',
  check: ({ description }, report) => {
    for (const network of description.networks) {
      const families = (network.get('gateway', 'address-list') ?? []).map((address) => parseIp(address)?.family);
      if (new Set(families).size === families.length) continue;
      report(
        `${network.name}: containers route through one IPv4 and one IPv6 gateway at most`,
        network.place('gateway'),
        'keep one of each family',
      );
    }
  },
};
