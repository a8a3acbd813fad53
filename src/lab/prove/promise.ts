import type { Place } from '../../base/errors.ts';
import type { HostModel } from '../../resolve/model.ts';
import { verdict } from '../../resolve/policy.ts';
import type { Flow, Verdict } from '../../resolve/policy.ts';
import type { Service } from './services.ts';
import type { Way } from './ways.ts';

/** What must be seen of one service on one way. */
export interface Promised {
  /** Whether it gets through; undefined where nothing is promised. */
  readonly open: boolean | undefined;
  /** One sentence. */
  readonly because: string;
  /** The line that says so. */
  readonly where: Place;
}

export type PlaceOf = (kind: 'network' | 'host', name: string, key: string) => Place;

/** What the types of the networks and the policy of the description promise of a service on a way. */
export function promisesOf(model: HostModel, place: PlaceOf): (way: Way, service: Service) => Promised {
  const known = new Map<string, Verdict>();
  const judge = (flow: Flow): Verdict => {
    const key = JSON.stringify(flow);
    const found = known.get(key) ?? verdict(model, flow);
    known.set(key, found);
    return found;
  };
  return (way, service) => promiseOf(model, place, judge, way, service);
}

function promiseOf(
  model: HostModel,
  place: PlaceOf,
  judge: (flow: Flow) => Verdict,
  way: Way,
  service: Service,
): Promised {
  const { conditions, noWay, free, ends, target } = way;
  const broken = conditions.find(({ holds }) => !holds);
  if (broken !== undefined) {
    const { network, key } = broken;
    const because = `type ${network.type} has ${key} = no`;
    return { open: false, because, where: place('network', network.name, 'type') };
  }
  const whole = lineOf(model, place, way);
  if (noWay !== undefined) return { open: false, because: noWay, where: whole };
  if (free !== undefined) return { open: undefined, because: free, where: whole };
  const { allowed, because, where } = judge({ ...ends, ...service, family: target.family });
  if (allowed) return { open: true, because, where: where ?? whole };
  // Without a packet filter a policy is a wish.
  if (model.host.firewall === 'none' && !isWritten(model, way)) return { open: undefined, because, where: whole };
  return { open: false, because, where: where ?? whole };
}

function containersOf({ containerByName }: HostModel, { from, to }: Way) {
  return [to, from].flatMap(({ name, side }) => (side === 'container' ? [containerByName.get(name) ?? []] : [])).flat();
}

function isWritten(model: HostModel, way: Way): boolean {
  return containersOf(model, way).some(({ allowIn, allowOut }) => (allowIn ?? allowOut) !== undefined);
}

/** Where it is said that something gets through: what is allowed in or out, else the type of the network. */
function lineOf(model: HostModel, place: PlaceOf, way: Way): Place {
  const [to, from] = ['to', 'from'].map((key) => {
    const { side, name } = key === 'to' ? way.to : way.from;
    return side === 'container' ? model.containerByName.get(name) : undefined;
  });
  const written = to?.allowIn?.[0]?.where ?? from?.allowOut?.[0]?.where;
  if (written !== undefined) return written;
  const network = way.conditions[0]?.network ?? way.target.network;
  if (network !== undefined) return place('network', network.name, 'type');
  return to?.where ?? from?.where ?? place('host', '', 'name');
}
