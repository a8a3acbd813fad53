import type { Description } from './description.ts';
import { freeAddresses, freeIds } from './free.ts';
import type { HostFacts, HostModel } from './model.ts';
import type { NetworkDraft } from './networks.ts';
import type { RuleContext } from './rules/types.ts';

export function ruleContext(
  model: HostModel,
  description: Description,
  networks: ReadonlyMap<string, NetworkDraft>,
  facts: HostFacts,
): RuleContext {
  return {
    model,
    description,
    facts,
    networks,
    place: (kind, name, key) => description.place(kind, name, key),
    freeAddress: freeAddresses(model, networks),
    freeId: freeIds(model),
    nicPlace: (container, nic, key) => {
      const own = description.nicSections.get(`${container.name}:${nic.name}`);
      return own === undefined ? description.place('container', container.name, key) : own.place(key);
    },
  };
}
