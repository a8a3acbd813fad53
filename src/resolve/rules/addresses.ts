import type { Prefix } from '../../base/ip.ts';
import type { ContainerModel, HostModel, NetworkModel, NicModel } from '../model.ts';
import type { NetworkDraft } from '../networks.ts';
import type { SectionValues } from '../values.ts';
import type { RuleContext } from './types.ts';

/** One address of a container, in a network that has its family. */
export interface UsedAddress {
  readonly container: ContainerModel;
  readonly nic: NicModel;
  readonly network: NetworkModel;
  readonly key: 'ipv4' | 'ipv6';
  readonly family: 4 | 6;
  readonly text: string;
  readonly prefix: Prefix;
  /** The section that describes the interface. */
  readonly section: SectionValues;
}

/** Every address of every container that can be judged, in the order of the description. */
export function usedAddresses(
  model: HostModel,
  networks: ReadonlyMap<string, NetworkDraft>,
  sectionOf: (nic: NicModel) => SectionValues,
): readonly UsedAddress[] {
  const used: UsedAddress[] = [];
  for (const container of model.containers) {
    for (const nic of container.nics) {
      const draft = networks.get(nic.network);
      if (draft === undefined) continue;
      const { four, six, model: network } = draft;
      const section = sectionOf(nic);
      if (four !== undefined && nic.ipv4 !== undefined)
        used.push({ container, nic, network, key: 'ipv4', family: 4, text: nic.ipv4.address, prefix: four, section });
      if (six !== undefined && nic.ipv6 !== undefined)
        used.push({ container, nic, network, key: 'ipv6', family: 6, text: nic.ipv6.address, prefix: six, section });
    }
  }
  return used;
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
