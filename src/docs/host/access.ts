import { typeOf } from '../../networks/index.ts';
import type { Reach } from '../../networks/types.ts';
import { familiesOf, isCarried, networksOf } from '../../resolve/carried.ts';
import type { Allowance, ContainerModel, HostModel } from '../../resolve/model.ts';
import { verdict } from '../../resolve/policy.ts';
import type { Endpoint } from '../../resolve/policy.ts';

/** Who opens connections or gets them. `wire`: a machine beside the containers of a network that is on a wire. */
export type End =
  | { readonly kind: 'container'; readonly container: ContainerModel }
  | { readonly kind: 'host' }
  | { readonly kind: 'outside'; readonly address?: string }
  | { readonly kind: 'wire'; readonly network: string };

const lastPort = 65_535;

/**
 * What new connections get through from one to the other, by the network types and the policies of both: `all`, `no`,
 * `tcp 22, 80 to 90; icmp`, and by family where those differ. One of the two is a container.
 */
export function accessText(model: HostModel, from: End, to: End): string {
  const containers = [from, to].flatMap((end) => (end.kind === 'container' ? [end.container] : []));
  // The verdict looks for nobody else.
  const small: HostModel = { ...model, containers };
  const entries = containers.flatMap(({ allowIn = [], allowOut = [] }) => allowIn.concat(allowOut));
  const found = ([4, 6] as const).flatMap((family) => {
    const ways = waysBetween(model, from, to, family);
    return ways === undefined ? [] : [{ family, text: servicesText(small, ways, family, entries) }];
  });
  const texts = [...new Set(found.map(({ text }) => text))];
  if (texts.length < 2) return texts[0] ?? 'no';
  return found.map(({ family, text }) => `IPv${family} ${text}`).join('; ');
}

type Way = readonly [Endpoint, Endpoint];

/** The ends as the verdict takes them, once for each way; undefined where the family has no addresses at one end. */
function waysBetween(model: HostModel, from: End, to: End, family: 4 | 6): readonly Way[] | undefined {
  if (from.kind === 'container' && to.kind === 'container') {
    const both = [from, to].every(({ container }) =>
      networksOf(model, container).some((network) => familiesOf(network).includes(family)),
    );
    if (!both) return undefined;
    const way = [named(from.container), named(to.container)] as const;
    return isCarried(model, from.container, to.container, family) ? [way] : [];
  }
  const [own, far, isOut] = from.kind === 'container' ? ([from, to, true] as const) : ([to, from, false] as const);
  if (own.kind !== 'container') return undefined;
  const networks = networksOf(model, own.container).filter(
    (network) => familiesOf(network).includes(family) && (far.kind !== 'wire' || far.network === network.name),
  );
  if (networks.length === 0) return undefined;
  return networks
    .filter((network) => typeOf(network).reach(network, family)[reachKey(far, isOut)])
    .map(({ name: network }) => {
      const [one, other] = [{ ...named(own.container), network }, farEnd(far)];
      return isOut ? [one, other] : [other, one];
    });
}

const named = ({ name }: ContainerModel) => ({ kind: 'container', name }) as const;

function reachKey(far: End, isOut: boolean): keyof Reach {
  if (far.kind === 'host') return isOut ? 'toHost' : 'fromHost';
  return isOut ? 'toOutside' : 'fromOutside';
}

function farEnd(far: End): Endpoint {
  if (far.kind === 'container') return named(far.container);
  return far.kind === 'wire' ? { kind: 'outside', network: far.network } : far;
}

function servicesText(model: HostModel, ways: readonly Way[], family: 4 | 6, entries: readonly Allowance[]): string {
  const passes = (protocol: 'tcp' | 'udp' | 'icmp', port?: number): boolean =>
    ways.some(
      ([from, to]) => verdict(model, { from, to, family, protocol, ...(port === undefined ? {} : { port }) }).allowed,
    );
  const parts = [
    portsText('tcp', entries, (port) => passes('tcp', port)),
    portsText('udp', entries, (port) => passes('udp', port)),
    passes('icmp') ? 'icmp' : '',
  ];
  if (parts.join(' ') === 'tcp udp icmp') return 'all';
  return parts.filter((part) => part !== '').join('; ') || 'no';
}

/** Between the ports that entries begin and end at, all ports fare alike. */
function portsText(protocol: 'tcp' | 'udp', entries: readonly Allowance[], passes: (port: number) => boolean): string {
  const own = entries.flatMap(({ ports }) => (ports === undefined ? [] : [ports.first, ports.last + 1]));
  const starts = [...new Set([1, ...own])].filter((port) => port <= lastPort).toSorted((one, other) => one - other);
  const open: { first: number; last: number }[] = [];
  for (const [at, first] of starts.entries()) {
    if (!passes(first)) continue;
    const last = (starts[at + 1] ?? lastPort + 1) - 1;
    const before = open.at(-1);
    if (before?.last === first - 1) before.last = last;
    else open.push({ first, last });
  }
  if (open.length === 0) return '';
  if (open[0]?.first === 1 && open[0].last === lastPort) return protocol;
  const ranges = open.map(({ first, last }) => (first === last ? String(first) : `${first} to ${last}`));
  return `${protocol} ${ranges.join(', ')}`;
}
