import type { ContainerModel, HostModel } from '../../resolve/model.ts';
import { concerns } from './expects.ts';
import type { Party } from './parties.ts';
import type { Trial } from './probe.ts';
import { portsOf } from './services.ts';
import type { Service } from './services.ts';
import type { Way } from './ways.ts';

/**
 * What is tried on each way: ICMP, a port that the description does not mention, every port that a line of either end or
 * an expectation of theirs does, and a port that only others mention, which is to be open for nobody else: each in its
 * turn, from network to network.
 */
export function trialsOf(model: HostModel, ways: readonly Way[], services: readonly Service[]): readonly Trial[] {
  const named = portsOf(model);
  const turns = new Map<string, number>();
  return ways.flatMap((way) => {
    const own = ownPorts(model, way);
    const others = [...named].filter((port) => !own.has(port));
    const pair = [way.from, way.to].map((party) => kindOf(model, party)).join('\n');
    const turn = turns.get(pair) ?? turns.size;
    turns.set(pair, turn);
    const other = others[turn % others.length];
    return services
      .filter(
        (service) =>
          service.port === undefined ||
          !named.has(service.port) ||
          service.port === other ||
          own.has(service.port) ||
          model.expects.some((expect) => expect.to.protocol !== undefined && concerns(expect, { way, service })),
      )
      .map((service) => ({ way, service }));
  });
}

function containerOf(model: HostModel, { side, name }: Party): ContainerModel | undefined {
  return side === 'container' ? model.containerByName.get(name) : undefined;
}

function ownPorts(model: HostModel, { from, to }: Way): ReadonlySet<number> {
  const containers = [from, to].flatMap((party) => containerOf(model, party) ?? []);
  return portsOf({ containers, expects: [] });
}

/** Those of the same networks are tried alike, so that the matrix has one row for them. */
function kindOf(model: HostModel, party: Party): string {
  const container = containerOf(model, party);
  return container === undefined ? party.name : container.nics.map(({ network }) => network).join(' ');
}
