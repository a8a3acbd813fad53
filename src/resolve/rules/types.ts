import type { Place, Severity } from '../../base/errors.ts';
import type { Report } from '../../networks/types.ts';
import type { SectionKind } from '../../schema/kinds.ts';
import type { Description } from '../description.ts';
import type { HostFacts, HostModel, NicModel } from '../model.ts';
import type { NetworkDraft } from '../networks.ts';
import type { SectionValues } from '../values.ts';
import type { UsedAddress } from './addresses.ts';

export type { Report } from '../../networks/types.ts';

/**
 * What a rule may ask. The model is complete but may be wrong: names may refer to nothing, and a container whose id
 * is missing has the id 0.
 */
export interface RuleContext {
  readonly model: HostModel;
  readonly description: Description;
  readonly facts: HostFacts;
  readonly networks: ReadonlyMap<string, NetworkDraft>;
  /** Where a key's value stands; the section when the key is not written. */
  readonly place: (kind: SectionKind, name: string, key: string) => Place;
  /** An address of the network that nobody has, another one at each call; undefined when there is none. */
  readonly freeAddress: (network: string, family: 4 | 6) => string | undefined;
  /** The smallest id that no container has, another one at each call. */
  readonly freeId: () => number;
  /** The section that describes an interface: eth0's is its container's, any other has its own. */
  readonly sectionOf: (nic: NicModel) => SectionValues;
  /** Every address of every container, worked out at the first call. */
  readonly addresses: () => readonly UsedAddress[];
}

/** One cross-check. Its code is the name of its file, and of its case in test/cases. */
export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  /** One sentence for the manual: what is wrong. */
  readonly summary: string;
  readonly check: (context: RuleContext, report: Report) => void;
}
