import { UserError, problem } from '../base/errors.ts';
import type { Host, Output } from '../host/types.ts';
import type { Plan, RemovedContainer } from '../plan/types.ts';
import { isStarted } from './services.ts';

/** A service whose files go, and that runs: a container's, or that of a link of the host. */
export interface Leaving {
  readonly service: string;
  readonly container?: RemovedContainer;
}

/** A container may have stop-timeout; this is only for one that never ends. Milliseconds. */
const longest = 900_000;

/**
 * What runs and is no longer in the description.
 * @throws UserError naming each, unless it is to be stopped.
 */
export async function leavingServices(host: Host, plan: Plan, stop: boolean): Promise<readonly Leaving[]> {
  const leaving: Leaving[] = [];
  for (const container of [...plan.removedContainers, ...plan.movedContainers]) {
    if (isStarted(host, container.service) || (await lxcRuns(host, container))) {
      leaving.push({ service: container.service, container });
    }
  }
  const containers = new Set(plan.removedContainers.map(({ service }) => service));
  for (const { action, path } of plan.changes) {
    const service = path.startsWith('/etc/init.d/') ? path.slice('/etc/init.d/'.length) : '';
    if (action === 'remove' && service !== '' && !containers.has(service) && isStarted(host, service)) {
      leaving.push({ service });
    }
  }
  if (leaving.length > 0 && !stop) throw new UserError(leaving.map((one) => refusal(one, plan)));
  return leaving;
}

function refusal({ service, container }: Leaving, { movedContainers }: Plan): ReturnType<typeof problem> {
  const hint = `stop it first: rc-service ${service} stop; or have it stopped: rc-lxc apply --stop`;
  return container === undefined
    ? problem('service-runs', `${service} is no longer in the description, and it is started`, { hint })
    : problem('container-runs', `${container.name} ${fate(container, movedContainers)}, and it runs`, { hint });
}

function fate(container: RemovedContainer, moved: readonly RemovedContainer[]): string {
  return moved.includes(container) ? 'gets another lxc-path' : 'is no longer in the description';
}

async function lxcRuns(host: Host, { name, lxcPath }: RemovedContainer): Promise<boolean> {
  if (!host.live) return false;
  const output = await host.run(['lxc-info', '-P', lxcPath, '-n', name, '-sH'], { timeoutMs: 10_000 });
  return output?.exitCode === 0 && output.stdout.trim() !== 'STOPPED';
}

/**
 * Stops them, one after another. A container that was started by hand, so that OpenRC does not know of it, is asked by LXC.
 * @throws UserError when one does not stop.
 */
export async function stopServices(
  host: Host,
  leaving: readonly Leaving[],
  step: (text: string) => void,
): Promise<void> {
  for (const { service, container } of leaving) {
    step(`stopping ${service}`);
    const outputs = [await host.run(['rc-service', service, 'stop'], { timeoutMs: longest })];
    if (container !== undefined && (await lxcRuns(host, container))) {
      const argv = ['lxc-stop', '-P', container.lxcPath, '-n', container.name];
      outputs.push(await host.run(argv, { timeoutMs: longest }));
    }
    const runs = container === undefined ? isStarted(host, service) : await lxcRuns(host, container);
    if (runs) throw new UserError(doesNotStop(service, outputs));
  }
}

function doesNotStop(service: string, outputs: readonly (Output | undefined)[]): ReturnType<typeof problem> {
  const said = outputs.map((output) => output?.stderr.trim() ?? '').filter((text) => text !== '');
  return problem('does-not-stop', `${service} could not be stopped; nothing was changed: ${said.join('; ')}`, {
    hint: `stop it by hand, and run rc-lxc apply again`,
  });
}
