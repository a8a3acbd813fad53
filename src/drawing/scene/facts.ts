import type { Allowance, HostModel } from '../../resolve/model.ts';
import type { Group } from './groups.ts';
import type { Hub } from './hubs.ts';
import { carried, either, noWays, waysOf } from './ways.ts';
import type { Ways } from './ways.ts';

/** What is open on a line between a group and a hub. */
interface Plug {
  readonly group: string;
  readonly hub: string;
  readonly into: boolean;
  readonly out: boolean;
}

export interface Facts {
  /** By the hub's id: what its containers together may open and get. */
  readonly hubs: ReadonlyMap<string, Ways>;
  readonly plugs: readonly Plug[];
}

export function factsOf(model: HostModel, hubs: readonly Hub[], groups: readonly Group[]): Facts {
  const found = new Map<string, Ways>();
  const plugs = new Map<string, Plug>();
  const hubOf = new Map(hubs.flatMap(({ id, networks }) => networks.map(({ name }) => [name, id] as const)));
  for (const group of groups)
    for (const container of group.containers)
      for (const nic of container.nics) {
        const [network, hub] = [model.networkByName.get(nic.network), hubOf.get(nic.network)];
        if (network === undefined || hub === undefined) continue;
        const ways = waysOf(model, container, network);
        found.set(hub, either(found.get(hub) ?? noWays, ways));
        const into = ways.fromHost || ways.fromOutside || (ways.containers && namesOthers(container.allowIn));
        const out = ways.toHost || ways.toOutside || (ways.containers && namesOthers(container.allowOut));
        const key = `${group.id}\n${hub}`;
        const before = plugs.get(key);
        plugs.set(key, { group: group.id, hub, into: before?.into === true || into, out: before?.out === true || out });
      }
  return {
    hubs: new Map(hubs.map((hub) => [hub.id, found.get(hub.id) ?? carriedBy(hub)])),
    plugs: [...plugs.values()],
  };
}

/** Of networks that nobody is in. */
function carriedBy({ networks }: Hub): Ways {
  return networks.map((network) => carried(network)).reduce(either, noWays);
}

function namesOthers(entries: readonly Allowance[] | undefined): boolean {
  return entries === undefined || entries.some(({ target }) => target.kind !== 'host' && target.kind !== 'outside');
}
