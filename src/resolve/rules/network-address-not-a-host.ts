import { formatIp, isHostAddress, numberedAddress } from '../../base/ip.ts';
import { prefixText } from './addresses.ts';
import type { Rule } from './types.ts';

export const networkAddressNotAHost: Rule = {
  code: 'network-address-not-a-host',
  severity: 'error',
  summary: 'The host would have the address of a network itself, or the one for all in it.',
  check: ({ networks, place }, report) => {
    for (const { model, four, six } of networks.values()) {
      for (const prefix of [four, six]) {
        if (prefix === undefined || isHostAddress(prefix, prefix.ip)) continue;
        const { family } = prefix.ip;
        const key = family === 4 ? 'ipv4' : 'ipv6';
        // Where the host has no interface in the network, a prefix is all that is asked for.
        if (model[key] === undefined) continue;
        const first = numberedAddress(prefix, 1);
        report(
          `${model.name}: ${formatIp(prefix.ip)} is the first or the last address of ${prefixText(model, family)}, which the host cannot have`,
          place('network', model.name, key),
          `write the host's own address in it: ${key} = ${first === undefined ? 'ADDRESS' : formatIp(first)}/${prefix.length}`,
        );
      }
    }
  },
};
