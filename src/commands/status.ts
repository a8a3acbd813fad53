import { wasInterrupted } from '../apply/index.ts';
import { listed } from '../base/listed.ts';
import { problemsToJson } from '../base/report.ts';
import { humanDuration, humanSize, formatTable } from '../base/table.ts';
import type { Host } from '../host/types.ts';
import { emptyPlan } from '../plan/types.ts';
import type { ContainerModel } from '../resolve/model.ts';
import { chosenContainers } from './chosen.ts';
import { drops } from './drops.ts';
import type { Drops } from './drops.ts';
import type { LxcState } from './lxc-state.ts';
import { lxcStates } from './lxc-state.ts';
import { counted, loadTree, warningNotes } from './pipeline.ts';
import { planTree } from './planning.ts';
import type { Command } from './types.ts';

interface Row {
  readonly name: string;
  readonly service: string;
  readonly lxc: string;
  readonly address?: string;
  readonly memory?: number;
  readonly uptime?: number;
  /** Packets that the firewall dropped since it was loaded. */
  readonly drops?: Drops;
  /** Paths that a person has changed since they were written. */
  readonly drift: readonly string[];
}

export const statusCommand: Command = {
  name: 'status',
  summary: 'show every container: service, LXC, address, memory, uptime, drops, drift',
  description:
    'One line a container: what OpenRC says of its service and what LXC says of the container (they differ when one was started or stopped by hand, or died), ' +
    'its address, memory, uptime, how many packets from it and to it the firewall dropped since it was loaded, and which of its files were changed by hand since they were written.',
  arguments: [{ name: '[container]', summary: 'one of them alone, or its service', completes: 'container' }],
  options: [],
  examples: [
    ['rc-lxc status web1', 'one container'],
    ['rc-lxc status --json', 'for a monitoring program'],
  ],
  async run(context, [name]) {
    const { host } = context;
    const { model, tree, warnings } = await loadTree(context);
    const chosen = chosenContainers(model, name);
    const interrupted = wasInterrupted(host);
    const plan = interrupted ? emptyPlan : planTree(host, tree);
    const [states, dropped] = host.live
      ? await Promise.all([lxcStates(host, model.host.lxcPath), drops(host, model)])
      : [undefined, undefined];
    const changed = [
      ...plan.drift.map(({ path }) => path),
      ...plan.changes.flatMap((change) => (change.action === 'beside' ? [change.path] : [])),
    ];
    const rows = chosen.map((container) => {
      const config = `${model.host.lxcPath}/${container.name}/config`;
      const own = new Set([`/etc/init.d/${container.service}`, `/etc/conf.d/${container.service}`, config]);
      const drift = changed.filter((path) => own.has(path));
      return describe(host, container, states, dropped?.get(container.name), drift);
    });
    const shared = name === undefined ? changed.filter((path) => rows.every((row) => !row.drift.includes(path))) : [];
    const pending = plan.changes.length;
    const older = host.live ? chosen.filter((container) => isOlder(host, container)).map(({ name: one }) => one) : [];
    return {
      exitCode: 0,
      text: [table(rows), ...shared.map((path) => `changed by hand: ${path}`)].join('\n'),
      json: {
        containers: rows,
        drift: changed,
        outdated: older,
        pending,
        interrupted,
        problems: problemsToJson(warnings),
      },
      notes: [
        warningNotes(warnings, context),
        host.live && states === undefined ? 'LXC could not be asked: is it installed, and are you root?' : '',
        interrupted ? 'an apply is under way, or was interrupted: what was changed by hand cannot be told' : '',
        older.length > 0
          ? `${listed(older)}: still with other hardware addresses on the host than described, from before; a restart brings those`
          : '',
        pending > 0 ? `${counted(pending, 'file')} to change: rc-lxc plan shows how` : '',
      ]
        .filter((note) => note !== '')
        .join('\n'),
    };
  },
};

/** Whether it runs with a host's side of an interface that has another hardware address than it gets when it starts now. */
function isOlder(host: Host, { nics }: ContainerModel): boolean {
  return nics.some(({ hostName, hostMac }) => {
    if (hostName === undefined || hostMac === undefined) return false;
    const now = host.readText(`/sys/class/net/${hostName}/address`)?.trim();
    return now !== undefined && now !== hostMac;
  });
}

/** `states` is undefined when LXC cannot be asked. */
function describe(
  host: Host,
  { name, service }: ContainerModel,
  states: ReadonlyMap<string, LxcState> | undefined,
  dropped: Drops | undefined,
  drift: readonly string[],
): Row {
  const lxc = states?.get(name);
  const unasked = host.live ? 'UNKNOWN' : '-';
  const state = lxc?.state ?? (states === undefined ? unasked : 'STOPPED');
  return {
    name,
    service: serviceState(host, service, state),
    lxc: state,
    ...(lxc?.address === undefined ? {} : { address: lxc.address }),
    ...(lxc?.memory === undefined ? {} : { memory: lxc.memory }),
    ...(lxc?.uptime === undefined ? {} : { uptime: lxc.uptime }),
    ...(dropped === undefined ? {} : { drops: dropped }),
    drift,
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
    ['CONTAINER', 'SERVICE', 'LXC', 'ADDRESS', 'MEMORY', 'UPTIME', 'DROPS', 'DRIFT'],
    rows.map((row) => [
      row.name,
      row.service,
      row.lxc,
      row.address ?? '-',
      row.memory === undefined ? '-' : humanSize(row.memory),
      row.uptime === undefined ? '-' : humanDuration(row.uptime),
      row.drops === undefined ? '-' : `${row.drops.sent}/${row.drops.received}`,
      row.drift.length === 0 ? '-' : row.drift.join(' '),
    ]),
  );
}
