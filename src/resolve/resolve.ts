import { hasErrors } from '../base/errors.ts';
import type { Place, Problem } from '../base/errors.ts';
import type { ParsedConfig } from '../source/types.ts';
import { containerModel } from './containers.ts';
import { ruleContext } from './context.ts';
import { describe } from './description.ts';
import type { Description } from './description.ts';
import { deepFreeze } from './freeze.ts';
import { hostSettings } from './host.ts';
import type { ContainerModel, HostFacts, HostModel, HostSettings } from './model.ts';
import { networkDraft } from './networks.ts';
import type { NetworkDraft } from './networks.ts';
import { nicModels } from './nics.ts';
import type { NicSource } from './nics.ts';
import { checkRules } from './rules/index.ts';

export interface Resolved {
  /** Frozen; undefined when a problem is an error. */
  readonly model: HostModel | undefined;
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
  const containers = containerModels(host, description, networks);
  const model: HostModel = {
    source: description.source,
    host,
    networks: [...networks.values()].map((draft) => draft.model),
    containers,
    networkByName: new Map([...networks].map(([name, draft]) => [name, draft.model])),
    containerByName: new Map(containers.map((container) => [container.name, container])),
  };
  const found = checkRules(ruleContext(model, description, networks, facts));
  const problems = inFileOrder(parsed, [...parsed.problems, ...description.problems, ...found]);
  return { model: hasErrors(problems) ? undefined : deepFreeze(model), problems };
}

/** Containers without a usable id have 0 here, which is none; the rules leave alone what follows from it. */
function containerModels(
  host: HostSettings,
  description: Description,
  networks: ReadonlyMap<string, NetworkDraft>,
): readonly ContainerModel[] {
  const others = new Map<string, NicSource[]>();
  for (const section of description.nics) {
    const colon = section.name.indexOf(':');
    const owner = section.name.slice(0, colon);
    const source = { name: section.name.slice(colon + 1), section };
    const known = others.get(owner);
    if (known === undefined) others.set(owner, [source]);
    else known.push(source);
  }
  return description.containers.map((section) => {
    const id = section.get('id', 'integer') ?? 0;
    const first = section.get('network', 'reference') === undefined ? [] : [{ name: 'eth0', section }];
    const sources = [...first, ...(others.get(section.name) ?? [])];
    return containerModel(host, section, id, nicModels(host, { name: section.name, id }, sources, networks));
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
