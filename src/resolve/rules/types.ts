import type { Place, Severity } from '../../base/errors.ts';
import type { Report } from '../../networks/types.ts';
import type { SectionKind } from '../../schema/kinds.ts';
import type { Description } from '../description.ts';
import type { ContainerModel, HostFacts, HostModel, NicModel } from '../model.ts';
import type { NetworkDraft } from '../networks.ts';

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
  /** Where a value of an interface stands: eth0's in its container's section, any other's in its own. */
  readonly nicPlace: (container: ContainerModel, nic: NicModel, key: string) => Place;
}

/** One cross-check. Its code is the name of its file, and of its case in test/cases. */
export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  /** One sentence for the manual: what is wrong. */
  readonly summary: string;
  readonly check: (context: RuleContext, report: Report) => void;
}
