import { formatDuration } from '../../base/duration.ts';
import { groupBy } from '../../base/group.ts';
import { formatSize } from '../../base/size.ts';
import type { ContainerModel, HostModel, NicModel, Ready } from '../../resolve/model.ts';
import { code, groupedTable, tableOf } from './tables.ts';
import type { Column, Table } from './tables.ts';

/** So many containers are one table; of more each network has one. */
const mostTogether = 30;

interface Plug {
  readonly container: ContainerModel;
  readonly nic?: NicModel;
}

/** A table with a heading of its own, where there are several. */
interface Part {
  readonly heading?: string;
  readonly table: Table;
}

/** Every interface of every container, a line each. */
export function containerTables({ containers }: HostModel): readonly Part[] {
  if (containers.length <= mostTogether) return containers.length === 0 ? [] : [{ table: plugTable(containers) }];
  const byNetwork = groupBy(containers, ({ nics: [first] }) => first?.network);
  return Array.from(byNetwork, ([network, members]) => ({
    heading: network === undefined ? 'Containers without a network' : `Containers in ${network}`,
    table: plugTable(members),
  }));
}

function plugTable(containers: readonly ContainerModel[]): Table {
  const plugs = containers.flatMap((container): Plug[] =>
    container.nics.length === 0 ? [{ container }] : container.nics.map((nic) => ({ container, nic })),
  );
  return tableOf<Plug>(
    [
      { title: 'Container', cell: ({ container }) => container.name },
      { title: 'Id', cell: ({ container }) => String(container.id) },
      { title: 'Interface', cell: ({ nic }) => (nic === undefined ? '' : code(nic.name)) },
      { title: 'Network', cell: ({ nic }) => nic?.network ?? 'none' },
      { title: 'IPv4', cell: ({ nic }) => four(nic) },
      { title: 'IPv6', cell: ({ nic }) => six(nic) },
      { title: 'Hardware address', cell: ({ nic }) => nic?.mac ?? '' },
      { title: 'On the host', cell: ({ nic }) => (nic?.hostName === undefined ? '' : code(nic.hostName)) },
    ],
    plugs,
  );
}

function four(nic: NicModel | undefined): string {
  if (nic?.ipv4 === undefined) return '';
  return nic.dhcp ? `${nic.ipv4.address} by DHCP` : nic.ipv4.address;
}

function six(nic: NicModel | undefined): string {
  if (nic?.ipv6 !== undefined) return nic.ipv6.address;
  return nic === undefined || nic.ipv4 !== undefined ? '' : nic.linkLocal;
}

const serviceColumns: readonly Column<ContainerModel>[] = [
  { title: 'After', cell: ({ needs }) => needs.join(', ') },
  { title: 'Ready when', cell: ({ ready, readyTimeout }) => readyText(ready, readyTimeout) },
  { title: 'Restarted', cell: ({ restart }) => restart },
  { title: 'Memory', cell: ({ memory }) => (memory === undefined ? 'no limit' : formatSize(memory)) },
  { title: 'Processors', cell: ({ cpus }) => (cpus === undefined ? 'no limit' : String(cpus)) },
  { title: 'Processes', cell: ({ pids }) => (pids === undefined ? 'no limit' : String(pids)) },
  { title: 'Weight of input and output', cell: ({ ioWeight }) => (ioWeight === undefined ? '' : String(ioWeight)) },
  { title: 'Root inside', cell: ({ userNamespace }) => (userNamespace ? 'an ordinary user' : 'root of the host') },
];

/** How containers are run, with one line for all that are alike. */
export function serviceTable({ containers, host }: HostModel): Table | undefined {
  if (containers.length === 0) return undefined;
  const starts: Column<ContainerModel> = {
    title: 'Started',
    cell: ({ autostart }) => (autostart ? `in runlevel ${host.runlevel}` : 'by hand'),
  };
  return groupedTable('Containers', [starts, ...serviceColumns], containers);
}

/** A command may hold what is nobody's business. */
function readyText(ready: Ready, seconds: number): string {
  if (ready.kind === 'running') return 'it runs';
  const what = ready.kind === 'tcp' ? `something listens on ${ready.port}/tcp` : 'a command in it succeeds';
  return `${what}, within ${formatDuration(seconds)}`;
}
