import { cardOf, formWords } from '../../networks/type-forms.ts';
import { typeOf } from '../../networks/index.ts';
import type { Held } from '../../networks/types.ts';
import { familiesOf } from '../../resolve/carried.ts';
import type { AddressWithPrefix, HostModel, NetworkModel } from '../../resolve/model.ts';
import { code, tableOf } from './tables.ts';
import type { Table } from './tables.ts';

/** Settings of the host, a line each. */
export function hostTable({ host }: HostModel): Table {
  const facts: readonly (readonly [title: string, text: string])[] = [
    ['Uplinks', host.uplinks.map((card) => code(card)).join(', ')],
    ['Addresses outside', [...host.ipv4, ...host.ipv6].join(', ')],
    ['Domain', host.domain ?? ''],
    ['Interfaces are made by', host.links],
    ['Packet filter', host.firewall],
    ['LXC', host.lxc],
    ['Runlevel of containers', host.runlevel],
    ['Containers lie in', code(host.lxcPath)],
  ];
  return {
    same: [],
    titles: ['Host', host.name],
    rows: facts.filter(([, text]) => text !== ''),
  };
}

/** How many containers are in each network: one with two interfaces in it counts once. */
function members({ containers }: HostModel): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { nics } of containers)
    for (const name of new Set(nics.map(({ network }) => network))) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

export function networkTable(model: HostModel): Table {
  const counts = members(model);
  return tableOf<NetworkModel>(
    [
      { title: 'Network', cell: ({ name }) => name },
      { title: 'Type', cell: ({ type, mode }) => code(mode === undefined ? type : `${type} ${mode}`) },
      { title: 'Containers', cell: ({ name }) => String(counts.get(name) ?? 0) },
      { title: 'IPv4', cell: ({ prefix4 }) => prefix4 ?? '' },
      { title: 'IPv6', cell: ({ prefix6 }) => prefix6 ?? '' },
      { title: 'Host', cell: ({ link, ipv4, ipv6 }) => hostIn(link, [ipv4, ipv6]) },
      { title: 'Router', cell: routerOf },
      { title: 'Card', cell: ({ ports, parent }) => [...ports, ...(parent === undefined ? [] : [parent])].join(', ') },
      { title: 'More', cell: moreOf },
    ],
    model.networks,
  );
}

function hostIn(link: string | undefined, addresses: readonly (AddressWithPrefix | undefined)[]): string {
  const texts = addresses.flatMap((each) => (each === undefined ? [] : [each.address]));
  return [...(link === undefined ? [] : [code(link)]), ...texts].join(', ');
}

function routerOf({ gateway4, gateway6, gatewayIsOutside }: NetworkModel): string {
  const all = [gateway4, gateway6].filter((each) => each !== undefined);
  if (all.length === 0) return '';
  return gatewayIsOutside ? `${all.join(', ')}, outside` : all.join(', ');
}

function moreOf({ nat, dhcp, vlan, isolate, hostAccess, dns, mtu }: NetworkModel): string {
  const words = [
    nat ? 'NAT' : '',
    dhcp ? 'DHCP' : '',
    vlan === undefined ? '' : `VLAN ${vlan}`,
    isolate ? 'isolated' : '',
    hostAccess ? 'with the host' : '',
    dns.length === 0 ? '' : `name servers ${dns.join(', ')}`,
    mtu === undefined ? '' : `MTU ${mtu}`,
  ];
  return words.filter((word) => word !== '').join('; ');
}

const heldWords: Readonly<Record<Held, string>> = { all: 'all', wire: 'on the wire alone', nothing: 'nothing' };

/** In the words of the pages, and of `rc-lxc networks`. */
function said(network: NetworkModel): ReturnType<typeof formWords> {
  const type = typeOf(network);
  const [first = 6, last = first] = familiesOf(network);
  return formWords({
    reach: { ipv4: type.reach(network, first), ipv6: type.reach(network, last) },
    ...cardOf(type, network),
  });
}

/** What each network carries by itself, and what of it can be held. */
export function reachTable({ networks }: HostModel): Table {
  return tableOf<NetworkModel>(
    [
      { title: 'Network', cell: ({ name }) => name },
      { title: 'Each other', cell: (network) => said(network).eachOther },
      { title: 'Host', cell: (network) => said(network).host },
      { title: 'Outside', cell: (network) => said(network).outside },
      { title: 'Card', cell: (network) => said(network).card },
      { title: 'Senders checked', cell: (network) => heldWords[typeOf(network).holds(network).sources] },
      { title: 'Policy held', cell: (network) => heldWords[typeOf(network).holds(network).policy] },
    ],
    networks,
  );
}
