import { humanDuration, humanSize, formatTable } from '../base/table.ts';
import type { Host } from '../host/types.ts';
import type { ContainerModel } from '../resolve/model.ts';
import type { LxcState } from './lxc-state.ts';
import { lxcStates } from './lxc-state.ts';
import { loadTree, warningNotes } from './pipeline.ts';
import { planTree } from './planning.ts';
import type { Command } from './types.ts';

interface Row {
  readonly name: string;
  readonly service: string;
  readonly lxc: string;
  readonly address?: string;
  readonly memory?: number;
  readonly uptime?: number;
  /** Paths that a person has changed since they were written. */
  readonly drift: readonly string[];
}

export const statusCommand: Command = {
  name: 'status',
  summary: 'show every container: service, LXC, address, memory, uptime, drift',
  description:
    'One line a container: what OpenRC says of its service and what LXC says of the container (they differ when one was started or stopped by hand, or died), ' +
    'its address, memory, uptime, and which of its files were changed by hand since they were written.',
  arguments: [],
  options: [],
  examples: [['rc-lxc status --json', 'for a monitoring program']],
  async run(context) {
    const { model, tree, warnings } = await loadTree(context);
    const plan = planTree(context.host, tree);
    const states = context.host.live ? await lxcStates(context.host, model.host.lxcPath) : new Map<string, LxcState>();
    const changed = [
      ...plan.drift.map(({ path }) => path),
      ...plan.changes.flatMap((change) => (change.action === 'beside' ? [change.path] : [])),
    ];
    const rows = model.containers.map((container) =>
      describe(context.host, container, states.get(container.name), changed),
    );
    const shared = changed.filter((path) => rows.every((row) => !row.drift.includes(path)));
    return {
      exitCode: 0,
      text: [table(rows), ...shared.map((path) => `changed by hand: ${path}`)].join('\n'),
      json: { containers: rows, drift: changed, pending: plan.changes.length },
      notes: [
        warningNotes(warnings, context),
        plan.changes.length > 0
          ? `${plan.changes.length} files differ from the description: rc-lxc plan shows how`
          : '',
      ]
        .filter((note) => note !== '')
        .join('\n'),
    };
  },
};

function describe(host: Host, container: ContainerModel, lxc: LxcState | undefined, changed: readonly string[]): Row {
  const own = new Set([`/etc/init.d/${container.service}`, `/etc/conf.d/${container.service}`]);
  const directory = `${container.rootfs.slice(0, container.rootfs.lastIndexOf('/'))}/`;
  const state = lxc?.state ?? (host.live ? 'STOPPED' : '-');
  return {
    name: container.name,
    service: serviceState(host, container.service, state),
    lxc: state,
    ...(lxc?.address === undefined ? {} : { address: lxc.address }),
    ...(lxc?.memory === undefined ? {} : { memory: lxc.memory }),
    ...(lxc?.uptime === undefined ? {} : { uptime: lxc.uptime }),
    drift: changed.filter((path) => own.has(path) || path === `${directory}config`),
  };
}

/** States that OpenRC keeps as links below /run/openrc (rc_service_state(3)), the passing ones first. */
const recorded = ['starting', 'stopping', 'inactive', 'failed', 'started'] as const;

/** What OpenRC has recorded, `crashed` where it believes in a container that is gone. */
function serviceState(host: Host, service: string, lxc: string): string {
  if (!host.live) return '-';
  const found = recorded.find((state) => host.look(`/run/openrc/${state}/${service}`).kind !== 'absent') ?? 'stopped';
  return found === 'started' && lxc === 'STOPPED' ? 'crashed' : found;
}

function table(rows: readonly Row[]): string {
  return formatTable(
    ['CONTAINER', 'SERVICE', 'LXC', 'ADDRESS', 'MEMORY', 'UPTIME', 'DRIFT'],
    rows.map((row) => [
      row.name,
      row.service,
      row.lxc,
      row.address ?? '-',
      row.memory === undefined ? '-' : humanSize(row.memory),
      row.uptime === undefined ? '-' : humanDuration(row.uptime),
      row.drift.length === 0 ? '-' : row.drift.join(' '),
    ]),
  );
}
