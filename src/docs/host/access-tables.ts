import { contains, parsePrefix } from '../../base/ip.ts';
import { groupBy } from '../../base/group.ts';
import { typeOf } from '../../networks/index.ts';
import { networksOf } from '../../resolve/carried.ts';
import type { ContainerModel, HostModel, NetworkModel } from '../../resolve/model.ts';
import { isClosed, isInner } from '../../resolve/policy.ts';
import { accessText } from './access.ts';
import type { End } from './access.ts';
import { code, groupedTable, tableOf } from './tables.ts';
import type { Column, Table } from './tables.ts';

/** So many containers fit into a table of everybody to everybody. */
const mostInMatrix = 8;

/** Who opens connections (rows) to whom (columns); undefined for more containers than a person would read it for. */
export function accessMatrix(model: HostModel): Table | undefined {
  if (model.containers.length > mostInMatrix || model.containers.length === 0) return undefined;
  const containers = model.containers.map((container): End => ({ kind: 'container', container }));
  const ends = [...containers, ...farEnds(model)];
  const columns = ends.map((to): Column<End> => ({ title: labelOf(to), cell: (from) => cellOf(model, from, to) }));
  // All columns stay, also where they say the same of all.
  const titles = ['From', ...columns.map(({ title }) => title)];
  return {
    same: [],
    titles,
    rows: ends.map((from) => [labelOf(from)].concat(columns.map(({ cell }) => cell(from)))),
  };
}

/** The host, who is outside, machines on wires, and addresses outside that policies name. */
function farEnds(model: HostModel): readonly End[] {
  const wires = model.networks.filter((network) => typeOf(network).isOnWire(network));
  const prefixes = new Set(
    model.containers
      .flatMap(({ allowIn = [], allowOut = [] }) => allowIn.concat(allowOut))
      .flatMap(({ target }) => (target.kind === 'prefix' && !isWithin(model, target.prefix) ? [target.prefix] : [])),
  );
  return [
    { kind: 'host' },
    { kind: 'outside' },
    ...wires.map(({ name: network }): End => ({ kind: 'wire', network })),
    ...Array.from(prefixes, (address): End => ({ kind: 'outside', address })),
  ];
}

/** Whether a prefix is of addresses that containers have, with nobody outside between them. */
function isWithin({ networks }: HostModel, prefix: string): boolean {
  const named = parsePrefix(prefix);
  return networks
    .filter((network) => !typeOf(network).isOnWire(network))
    .flatMap(({ prefix4, prefix6 }) => [prefix4, prefix6])
    .some((text) => {
      const own = text === undefined ? undefined : parsePrefix(text);
      return own !== undefined && named?.ip.family === own.ip.family && contains(own, named.ip);
    });
}

function labelOf(end: End): string {
  if (end.kind === 'container') return end.container.name;
  if (end.kind === 'wire') return `on the wire of ${end.network}`;
  if (end.kind === 'host') return 'the host';
  return end.address === undefined ? 'outside' : end.address;
}

function cellOf(model: HostModel, from: End, to: End): string {
  if (from === to || (from.kind !== 'container' && to.kind !== 'container')) return '-';
  return accessText(model, addressed(from), addressed(to));
}

/** A prefix stands for the first address in it. */
function addressed(end: End): End {
  if (end.kind !== 'outside' || end.address === undefined) return end;
  return { ...end, address: end.address.replace(/\/\d+$/u, '') };
}

/** What each container lets in, and what it may open, with one line for all that are alike. */
export function policyTable(model: HostModel): Table {
  const columns: readonly Column<ContainerModel>[] = [
    { title: 'Networks', cell: (each) => [...new Set(each.nics.map(({ network }) => network))].join(', ') || 'none' },
    { title: 'Lets in', cell: (each) => entriesText(each.allowIn) ?? letsIn(networksOf(model, each)) },
    { title: 'May open connections to', cell: (each) => entriesText(each.allowOut) ?? opens(networksOf(model, each)) },
  ];
  return groupedTable('Containers', columns, model.containers);
}

function entriesText(entries: ContainerModel['allowIn']): string | undefined {
  if (entries === undefined) return undefined;
  return entries.length === 0 ? 'nobody' : entries.map(({ text }) => code(text)).join(', ');
}

/** Where `allow-in` is not written. */
function letsIn(networks: readonly NetworkModel[]): string {
  if (networks.length === 0) return 'nobody';
  if (!networks.some((network) => isInner(network))) return `everybody${butIsolated(networks)}`;
  const open = networks.filter(({ isolate }) => !isolate).map(({ name }) => code(name));
  return open.length === 0 ? 'the host' : `the host and ${open.join(', ')}`;
}

/** Where `allow-out` is not written. */
function opens(networks: readonly NetworkModel[]): string {
  if (networks.length === 0) return 'nobody';
  const isShut = networks.every((network) => isClosed(network));
  return `everybody${isShut ? ' but outside' : ''}${butIsolated(networks)}`;
}

function butIsolated(networks: readonly NetworkModel[]): string {
  const apart = networks.filter(({ isolate }) => isolate).map(({ name }) => code(name));
  return apart.length === 0 ? '' : `, but nobody in ${apart.join(', ')}`;
}

/** Ports that containers let somebody in on, with whom; containers that are alike in one line. */
export function portTable(model: HostModel): Table | undefined {
  const offers = model.containers.flatMap((container) => offersOf(container));
  if (offers.length === 0) return undefined;
  const columns: readonly Column<Offer>[] = [
    { title: 'Ports', cell: ({ ports }) => ports.map((port) => code(port)).join(', ') },
    { title: 'Open to', cell: ({ to }) => to },
    { title: 'Ready when', cell: ({ ready }) => ready },
  ];
  return groupedTable('Containers', columns, offers, false);
}

/** Ports of a container that the same may reach. */
interface Offer {
  readonly name: string;
  readonly ports: readonly string[];
  readonly to: string;
  readonly ready: string;
}

function offersOf({ name, allowIn, ready }: ContainerModel): readonly Offer[] {
  const found = new Map<string, string[]>();
  for (const { protocol, ports, text } of allowIn ?? []) {
    if (protocol === undefined || ports === undefined) continue;
    const service = /:(?<service>[^:\]]+)$/u.exec(text)?.groups?.['service'] ?? text;
    const peer = text.slice(0, -service.length - 1);
    found.set(service, [...(found.get(service) ?? []), peer === 'any' ? 'whoever gets there' : code(peer)]);
  }
  const told = ready.kind === 'tcp' ? `${ready.port}/tcp` : undefined;
  if (told !== undefined && !found.has(told))
    found.set(told, [allowIn === undefined ? 'whom the network lets in' : 'nobody but the container itself']);
  const offers = Array.from(found, ([port, to]) => ({ port, to: to.join(', '), isReady: port === told }));
  return Array.from(groupBy(offers, ({ to, isReady }) => `${to}\0${isReady}`).values(), (alike): Offer => ({
    name,
    ports: alike.map(({ port }) => port),
    to: alike[0]?.to ?? '',
    ready: alike[0]?.isReady === true ? 'something listens there' : '',
  }));
}

/** What must hold, by the description. */
export function expectTable(model: HostModel, verdictOf: (name: string) => string): Table | undefined {
  if (model.expects.length === 0) return undefined;
  const columns: readonly Column<HostModel['expects'][number]>[] = [
    { title: 'Expectation', cell: ({ name }) => name },
    {
      title: 'From',
      cell: ({ from }) => code('name' in from ? from.name : 'prefix' in from ? from.prefix : from.kind),
    },
    { title: 'To', cell: ({ to }) => code(to.text) },
    { title: 'Must', cell: ({ verdict }) => (verdict === 'allow' ? 'get through' : 'not get through') },
    { title: 'In the lab', cell: ({ name }) => verdictOf(name) },
  ];
  return tableOf(columns, model.expects);
}
