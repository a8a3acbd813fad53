import { typeOf } from '../../networks/index.ts';
import type { HostModel } from '../../resolve/model.ts';
import type { Box, Line, Link } from '../types.ts';
import type { Hub } from './hubs.ts';
import { openBetween } from './links.ts';
import type { Ways } from './ways.ts';

/** The host as one of those in a network, with its own interface there where it has one. */
export function hostBox(hub: Hub): Box {
  const [network] = hub.networks;
  const isOne = network !== undefined && hub.networks.length === 1;
  const texts = isOne ? interfaceOf(network) : [];
  return {
    id: idOf(hub),
    kind: 'host',
    column: 'container',
    frame: hub.id,
    lines: [{ text: 'host', style: 'title' }, ...texts.map((text): Line => ({ text, style: 'text' }))],
    title: ['the host', ...texts].join(', '),
    count: 1,
  };
}

function idOf({ id }: Hub): string {
  return `host ${id}`;
}

/** What the hub does not name already. */
function interfaceOf(network: Hub['networks'][number]): readonly string[] {
  const { link, ipv4, ipv6 } = network;
  const named = typeOf(network)
    .drawing(network)
    .label.includes(link ?? '');
  return [named ? undefined : link, ipv4?.address, ipv6?.address].filter((text) => text !== undefined);
}

export function hostLink(hub: Hub, { fromHost, toHost }: Ways): Link {
  const ends = { from: hub.id, to: idOf(hub) };
  const isPlugged = hub.networks.every(
    (network) => network.link !== undefined || typeOf(network).drawing(network).carrier === 'nothing',
  );
  const open = isPlugged ? 'cable' : 'routed';
  return {
    ...ends,
    style: fromHost || toHost ? open : 'blocked',
    forth: toHost,
    back: fromHost,
    title: `the host and ${hub.id}: ${openBetween(fromHost, toHost)}`,
  };
}

/** The host's addresses outside, and who looks at what it forwards. */
export function hostWords({ host }: HostModel): string {
  return [...host.ipv4, ...host.ipv6, host.firewall === 'none' ? 'no packet filter' : host.firewall].join(' · ');
}
