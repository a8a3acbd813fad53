import { parsePrefix } from '../base/ip.ts';
import type { Place } from '../base/errors.ts';
import type { Peer } from '../schema/values/shapes.ts';
import type { Description } from './description.ts';
import type { Allowance, ExpectModel, PeerTarget } from './model.ts';
import type { SectionValues } from './values.ts';

/** The names that a peer can have. */
export interface KnownNames {
  readonly networks: ReadonlySet<string>;
  readonly containers: ReadonlySet<string>;
}

export function knownNames(description: Description): KnownNames {
  return {
    networks: new Set(description.networks.map(({ name }) => name)),
    containers: new Set(description.containers.map(({ name }) => name)),
  };
}

/** Undefined for a name that nobody has. A name that a container and a network have is the container's; a rule tells. */
function targetOf({ name, prefix }: Pick<Peer, 'name' | 'prefix'>, names: KnownNames): PeerTarget | undefined {
  if (prefix !== undefined) return { kind: 'prefix', family: parsePrefix(prefix)?.ip.family ?? 4, prefix };
  if (name === undefined) return undefined;
  if (name === 'any' || name === 'host' || name === 'outside') return { kind: name };
  if (names.containers.has(name)) return { kind: 'container', name };
  return names.networks.has(name) ? { kind: 'network', name } : undefined;
}

function allowance(peer: Peer, where: Place, names: KnownNames): Allowance[] {
  const target = targetOf(peer, names);
  if (target === undefined) return [];
  const { protocol, ports, text } = peer;
  return [
    { target, ...(protocol === undefined ? {} : { protocol }), ...(ports === undefined ? {} : { ports }), text, where },
  ];
}

/** Undefined where the key is not written. Peers that nobody is are left out; a rule tells them. */
export function allowances(
  section: SectionValues,
  key: 'allow-in' | 'allow-out',
  names: KnownNames,
): readonly Allowance[] | undefined {
  if (!section.has(key)) return undefined;
  const where = section.place(key);
  return (section.get(key, 'peer-list') ?? []).flatMap((peer) => allowance(peer, where, names));
}

export function expectations(description: Description, names: KnownNames): readonly ExpectModel[] {
  return description.expects.flatMap((section) => {
    const from = targetOf({ name: section.get('from', 'name') ?? '' }, names);
    const written = section.get('to', 'peer');
    const [to] = written === undefined ? [] : allowance(written, section.place('to'), names);
    if (from === undefined || to === undefined) return [];
    return [
      { name: section.name, from, to, verdict: section.oneOf('verdict', ['allow', 'deny']), where: section.where },
    ];
  });
}
