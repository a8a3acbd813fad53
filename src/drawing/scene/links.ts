import { typeOf } from '../../networks/index.ts';
import type { Link, LinkStyle } from '../types.ts';
import type { Cards } from './cards.ts';
import type { Hub } from './hubs.ts';
import type { Ways } from './ways.ts';

export const outsideId = 'outside';

/** Nothing is drawn, but the columns stay in order. */
export function orderLink(from: string, to: string, span: number): Link {
  return { from, to, style: 'order', forth: false, back: false, title: '', span };
}

/** What a network has with the outside: by its own cards, or forwarded by the host. */
export function outsideLinks(hub: Hub, ways: Ways, cards: readonly Cards[]): readonly Link[] {
  const [network] = hub.networks;
  const carrier = network === undefined ? 'nothing' : typeOf(network).drawing(network).carrier;
  const used = cards.filter(({ hubs, isUplink }) => (carrier === 'card' ? hubs.includes(hub.id) : isUplink));
  if (carrier === 'nothing' || used.length === 0) return cards.length === 0 ? [] : [orderLink(outsideId, hub.id, 2)];
  const nat = hub.networks.some((each) => each.nat);
  const forwarded: LinkStyle = nat ? 'nat' : 'routed';
  return used.map((card) => outsideLink(card, hub, ways, carrier === 'card' ? 'cable' : forwarded));
}

function outsideLink({ id, names }: Cards, hub: Hub, { fromOutside, toOutside }: Ways, open: LinkStyle): Link {
  return {
    from: id,
    to: hub.id,
    style: fromOutside || toOutside ? open : 'blocked',
    forth: fromOutside,
    back: toOutside,
    title: `outside, by ${names.join(', ')}, and ${hub.id}: ${openBetween(fromOutside, toOutside)}`,
  };
}

/** Who may open connections: `into` the network, `out` of it. */
export function openBetween(into: boolean, out: boolean): string {
  if (into) return out ? 'each may open connections to the other' : 'connections are opened into the network only';
  return out ? 'connections are opened out of the network only' : 'no connection is let through';
}
