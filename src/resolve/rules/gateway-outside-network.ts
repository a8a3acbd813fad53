import { contains, parseIp } from '../../base/ip.ts';
import { prefixText } from './addresses.ts';
import type { Rule } from './types.ts';

export const gatewayOutsideNetwork: Rule = {
  code: 'gateway-outside-network',
  severity: 'error',
  summary: 'A gateway is not in its network, so that no container could reach it.',
  check: ({ networks, place }, report) => {
    for (const { model, four, six } of networks.values()) {
      if (!model.gatewayIsOutside) continue;
      for (const address of [model.gateway4, model.gateway6]) {
        const ip = address === undefined ? undefined : parseIp(address);
        const prefix = ip?.family === 4 ? four : six;
        if (ip === undefined || (prefix !== undefined && contains(prefix, ip)) || isLinkLocal(address)) continue;
        const where = prefix === undefined ? `which has no \`ipv${ip.family}\`` : `(${prefixText(model, ip.family)})`;
        report(
          `${model.name}: the gateway ${address} is not in the network ${where}`,
          place('network', model.name, 'gateway'),
          prefix === undefined
            ? 'remove it, or give the network that family'
            : 'write one that is, or leave `gateway` out',
        );
      }
    }
  },
};

/** A router's link-local address is a usual gateway and in no prefix. */
function isLinkLocal(address: string | undefined): boolean {
  return address?.startsWith('fe80:') ?? false;
}
