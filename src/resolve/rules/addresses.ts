import { parseIp } from '../../base/ip.ts';
import type { Ip, Prefix } from '../../base/ip.ts';
import type { ContainerModel, NetworkModel, NicModel } from '../model.ts';
import type { RuleContext } from './types.ts';

/** One address of a container, in a network that has its family. */
export interface UsedAddress {
  readonly container: ContainerModel;
  readonly nic: NicModel;
  readonly network: NetworkModel;
  readonly key: 'ipv4' | 'ipv6';
  readonly family: 4 | 6;
  readonly text: string;
  readonly ip: Ip;
  readonly prefix: Prefix;
}

/** Every address of every container that can be judged, in the order of the description. */
export function* usedAddresses({ model, networks }: RuleContext): Generator<UsedAddress> {
  for (const container of model.containers) {
    for (const nic of container.nics) {
      const draft = networks.get(nic.network);
      if (draft === undefined) continue;
      for (const family of [4, 6] as const) {
        const key = family === 4 ? 'ipv4' : 'ipv6';
        const prefix = family === 4 ? draft.four : draft.six;
        const text = nic[key]?.address;
        const ip = text === undefined ? undefined : parseIp(text);
        if (prefix === undefined || text === undefined || ip === undefined) continue;
        yield { container, nic, network: draft.model, key, family, text, ip, prefix };
      }
    }
  }
}

/** `10.0.3.0/24`, as messages name a network's addresses. */
export function prefixText(network: NetworkModel, family: 4 | 6): string {
  return (family === 4 ? network.prefix4 : network.prefix6) ?? '';
}

/** `write ipv4 = 10.0.3.12, which is free`, or what to do when nothing is. */
export function freeAddressHint(context: RuleContext, network: NetworkModel, family: 4 | 6): string {
  const key = family === 4 ? 'ipv4' : 'ipv6';
  const free = context.freeAddress(network.name, family);
  return free === undefined
    ? `${prefixText(network, family)} has no free address: give [network ${network.name}] a shorter prefix`
    : `write ${key} = ${free}, which is free`;
}
