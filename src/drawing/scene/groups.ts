import { groupBy } from '../../base/group.ts';
import type { Allowance, ContainerModel, HostModel } from '../../resolve/model.ts';
import type { Hub } from './hubs.ts';

/** Containers that are drawn as one, and the hubs that they are plugged into. */
export interface Group {
  readonly id: string;
  readonly containers: readonly ContainerModel[];
  readonly hubs: readonly string[];
  /** Whether all of them have the same `allow-in` and `allow-out`, but for names of containers. */
  readonly alike: boolean;
}

/** So many containers are drawn one by one, and so many groups where there are more. */
const [mostAlone, mostGroups] = [12, 14];

/** How much of a container tells it from others, the most first. */
interface Detail {
  readonly most: number;
  readonly alike: boolean;
  readonly key: (container: ContainerModel) => string;
}

export function groupsOf(model: HostModel, hubs: readonly Hub[]): readonly Group[] {
  const hubOf = new Map(hubs.flatMap(({ id, networks }) => networks.map(({ name }) => [name, id] as const)));
  const pluggedInto = (container: ContainerModel): readonly string[] =>
    container.nics.length === 0
      ? ['no network']
      : [...new Set(container.nics.map((nic) => hubOf.get(nic.network) ?? ''))];
  const details = detailsOf(model, pluggedInto);
  const tried = details.map((detail) => ({ detail, groups: [...groupBy(model.containers, detail.key).values()] }));
  const chosen = tried.find(({ detail, groups }) => groups.length <= detail.most) ?? tried.at(-1);
  return (chosen?.groups ?? []).map((containers) => ({
    id: `container ${containers[0]?.name ?? ''}`,
    containers,
    hubs: [...new Set(containers.flatMap((container) => pluggedInto(container)))],
    alike: chosen?.detail.alike === true || containers.length === 1,
  }));
}

function detailsOf(model: HostModel, pluggedInto: (container: ContainerModel) => readonly string[]): readonly Detail[] {
  const exact = namedBy(model, (name) => name);
  const loose = namedBy(model, () => '*');
  const networks = (container: ContainerModel): string => pluggedInto(container).join(' ');
  return [
    { most: mostAlone, alike: true, key: ({ name }) => name },
    { most: mostGroups, alike: true, key: (each) => [networks(each), policyOf(each), exact(each.name)].join('\n') },
    { most: mostGroups, alike: true, key: (each) => [networks(each), loosely(each), loose(each.name)].join('\n') },
    { most: mostGroups, alike: false, key: networks },
    { most: mostGroups, alike: false, key: (each) => pluggedInto(each)[0] ?? '' },
  ];
}

function policyOf({ allowIn, allowOut }: ContainerModel): string {
  return [allowIn, allowOut].map((entries) => entries?.map(({ text }) => text).join(',') ?? '-').join('\n');
}

const kinds = (entries: readonly Allowance[] | undefined): string =>
  entries === undefined ? '-' : [...new Set(entries.map((entry) => looseText(entry)))].toSorted().join(',');

function loosely({ allowIn, allowOut }: ContainerModel): string {
  return [allowIn, allowOut].map((entries) => kinds(entries)).join('\n');
}

/** An entry without the name of the container in it. */
export function looseText({ target, text }: Allowance): string {
  return target.kind === 'container' ? text.replace(/^[^:]*/u, 'containers') : text;
}

/** In whose policies a container stands by name, and with what. */
function namedBy(model: HostModel, nameOf: (owner: string) => string): (name: string) => string {
  const found = new Map<string, Set<string>>();
  for (const { name, allowIn = [], allowOut = [] } of model.containers)
    for (const [key, entries] of [['in', allowIn] as const, ['out', allowOut] as const])
      for (const { target, text } of entries) {
        if (target.kind !== 'container') continue;
        const words = found.get(target.name) ?? new Set();
        found.set(target.name, words.add([key, nameOf(name), text.replace(/^[^:]*/u, '')].join(' ')));
      }
  return (name) => [...(found.get(name) ?? [])].toSorted().join(',');
}
