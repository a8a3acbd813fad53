import { groupBy } from '../base/group.ts';
import { hasErrors } from '../base/errors.ts';
import type { Place, Problem } from '../base/errors.ts';
import type { ParsedConfig } from '../source/types.ts';
import { containerModel } from './containers.ts';
import { ruleContext } from './context.ts';
import { describe } from './description.ts';
import type { Description } from './description.ts';
import { deepFreeze } from './freeze.ts';
import { hostSettings } from './host.ts';
import type { ContainerModel, HostFacts, HostModel, HostSettings, NicModel } from './model.ts';
import { networkDraft } from './networks.ts';
import type { NetworkDraft } from './networks.ts';
import { nicModels } from './nics.ts';
import { expectations, knownNames } from './peers.ts';
import type { NicSource } from './nics.ts';
import { checkRules } from './rules/index.ts';
import type { SectionValues } from './values.ts';

export interface Resolved {
  /** Frozen; undefined when a problem is an error. */
  readonly model: HostModel | undefined;
  /** Frozen, and there whatever is wrong: to look at, not to write anything from. */
  readonly sketch: HostModel;
  /** All of them: the source's, those of single values, and what the rules found, in the order of the files. */
  readonly problems: readonly Problem[];
}

/**
 * The model of a description: values typed, profiles merged, defaults filled in, everything checked against
 * everything. Pure; `facts` is what the machine answers where the description is silent. Never throws for what is
 * in the description.
 */
export function resolve(parsed: ParsedConfig, facts: HostFacts): Resolved {
  const description = describe(parsed);
  const host = hostSettings(description, facts);
  const networks = new Map(description.networks.map((section) => [section.name, networkDraft(host, section)]));
  const nicSections = new Map<NicModel, SectionValues>();
  const containers = containerModels(host, description, networks, nicSections);
  const model: HostModel = {
    source: description.source,
    host,
    networks: [...networks.values()].map((draft) => draft.model),
    containers,
    expects: expectations(description, knownNames(description)),
    networkByName: new Map([...networks].map(([name, draft]) => [name, draft.model])),
    containerByName: new Map(containers.map((container) => [container.name, container])),
  };
  const found = checkRules(ruleContext(model, { description, networks, nicSections, facts }));
  const problems = inFileOrder(parsed, [...parsed.problems, ...description.problems, ...found]);
  const sketch = deepFreeze(model);
  return { model: hasErrors(problems) ? undefined : sketch, sketch, problems };
}

/**
 * Containers without a usable id have 0 here, which is none; the rules leave alone what follows from it.
 * `nicSections` receives the section of each interface.
 */
function containerModels(
  host: HostSettings,
  description: Description,
  networks: ReadonlyMap<string, NetworkDraft>,
  nicSections: Map<NicModel, SectionValues>,
): readonly ContainerModel[] {
  const names = knownNames(description);
  const others = groupBy(description.nics, ({ name }) => name.slice(0, name.indexOf(':')));
  return description.containers.map((section) => {
    const id = section.get('id', 'integer') ?? 0;
    const hasFirst = section.get('network', 'reference') !== undefined;
    const sources: NicSource[] = hasFirst ? [{ name: 'eth0', section }] : [];
    for (const other of others.get(section.name) ?? []) {
      const name = other.name.slice(section.name.length + 1);
      // A second eth0 is a mistake that a rule tells; what would follow from it is none.
      if (name !== 'eth0' || !hasFirst) sources.push({ name, section: other });
    }
    const nics = nicModels(host, { name: section.name, id }, sources, networks);
    for (const nic of nics) nicSections.set(nic, sources[nic.index]?.section ?? section);
    return containerModel(host, section, id, nics, names);
  });
}

/** By file, line and column; what has no place comes last, and equals stay in the order in which they were found. */
function inFileOrder(parsed: ParsedConfig, problems: readonly Problem[]): readonly Problem[] {
  if (problems.length < 2) return problems;
  const order = new Map(parsed.files.map((file, index) => [file, index]));
  const key = (where: Place | undefined): readonly [number, number, number] =>
    where === undefined
      ? [parsed.files.length, 0, 0]
      : [order.get(where.file) ?? parsed.files.length, where.line, where.column ?? 0];
  return problems.toSorted((one, other) => {
    const [first, second] = [key(one.where), key(other.where)];
    return first[0] - second[0] || first[1] - second[1] || first[2] - second[2];
  });
}
