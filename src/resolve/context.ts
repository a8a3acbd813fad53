import type { Description } from './description.ts';
import { freeAddresses, freeIds } from './free.ts';
import type { HostFacts, HostModel, NicModel } from './model.ts';
import type { NetworkDraft } from './networks.ts';
import { usedAddresses } from './rules/addresses.ts';
import type { UsedAddress } from './rules/addresses.ts';
import type { RuleContext } from './rules/types.ts';
import type { SectionValues } from './values.ts';

/** What resolving worked out on its way to the model. */
export interface Drafts {
  readonly description: Description;
  readonly networks: ReadonlyMap<string, NetworkDraft>;
  /** The section that describes each interface. */
  readonly nicSections: ReadonlyMap<NicModel, SectionValues>;
  readonly facts: HostFacts;
}

export function ruleContext(model: HostModel, { description, networks, nicSections, facts }: Drafts): RuleContext {
  let addresses: readonly UsedAddress[] | undefined;
  const sectionOf = (nic: NicModel): SectionValues => nicSections.get(nic) ?? description.host;
  return {
    model,
    description,
    facts,
    networks,
    sectionOf,
    place: description.place,
    addresses: () => (addresses ??= usedAddresses(model, networks, sectionOf)),
    freeAddress: freeAddresses(model, networks),
    freeId: freeIds(model, networks),
  };
}
