import { UserError, problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import type { Host } from '../host/types.ts';
import type { Plan } from '../plan/types.ts';

type Container = Plan['removedContainers'][number];

/** A service that takes its changes without a stop: a reload is atomic where a restart has a gap. */
const reloading = new Set(['rc-lxc-nft']);

/** True when OpenRC runs this host: services are only asked then. */
export function hasOpenrc(host: Host): boolean {
  return host.live && host.isDirectory('/run/openrc');
}

const isStarted = (host: Host, service: string): boolean =>
  host.look(`/run/openrc/started/${service}`).kind !== 'absent';

/** Those of the services that run now. */
export function startedServices(host: Host, services: readonly string[]): readonly string[] {
  return hasOpenrc(host) ? services.filter((service) => isStarted(host, service)) : [];
}

/** Containers that still run, by OpenRC's word or LXC's. */
async function stillRunning(
  host: Host,
  containers: readonly Container[],
  lxcPath: string,
): Promise<readonly Container[]> {
  const running: Container[] = [];
  for (const container of containers) {
    const started = hasOpenrc(host) && isStarted(host, container.service);
    if (started || (await lxcRuns(host, container.name, lxcPath))) running.push(container);
  }
  return running;
}

async function lxcRuns(host: Host, name: string, lxcPath: string): Promise<boolean> {
  if (!host.live) return false;
  const output = await host.run(['lxc-info', '-P', lxcPath, '-n', name, '-sH'], { timeoutMs: 10_000 });
  return output?.exitCode === 0 && output.stdout.trim() !== 'STOPPED';
}

/**
 * A container that the description has no more is stopped before its files go, or refused when that was not asked for.
 * @throws UserError naming each that runs, or that does not stop.
 */
export async function stopRemoved(
  host: Host,
  plan: Plan,
  options: { readonly stop: boolean; readonly lxcPath: string; step(text: string): void },
): Promise<readonly string[]> {
  const running = await stillRunning(host, plan.removedContainers, options.lxcPath);
  if (running.length > 0 && !options.stop) {
    throw new UserError(
      running.map(({ name, service }) =>
        problem('container-runs', `${name} is no longer in the description, and it runs`, {
          hint: `stop it first: rc-service ${service} stop; or have it stopped: rc-lxc apply --stop`,
        }),
      ),
    );
  }
  for (const container of running) {
    options.step(`stopping ${container.service}`);
    await stopOne(host, container, options.lxcPath);
  }
  return running.map(({ service }) => service);
}

async function stopOne(host: Host, { name, service }: Container, lxcPath: string): Promise<void> {
  const output = await host.run(['rc-service', service, 'stop'], { timeoutMs: 600_000 });
  if (!(await lxcRuns(host, name, lxcPath))) return;
  throw new UserError(
    problem(
      'does-not-stop',
      `${name} could not be stopped; nothing was changed: ${output?.stderr.trim() ?? 'rc-service is missing'}`,
      {
        hint: `stop it by hand: lxc-stop -k -n ${name}`,
      },
    ),
  );
}

/** OpenRC sources every script once, and knows the new dependencies from then on. */
export async function refreshCache(host: Host, plan: Plan): Promise<boolean> {
  const concerned = plan.changes.some(({ path }) => path.startsWith('/etc/init.d/') || path.startsWith('/etc/conf.d/'));
  if (!concerned || !hasOpenrc(host)) return false;
  return (await host.run(['rc-update', '-u'], { timeoutMs: 600_000 }))?.exitCode === 0;
}

/** Restarts, or reloads, one service after another; OpenRC brings their dependents along. Gives what failed. */
export async function restartServices(
  host: Host,
  services: readonly string[],
  step: (text: string) => void,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const service of services) {
    const command = reloading.has(service) ? 'reload' : 'restart';
    step(`${command === 'reload' ? 'reloading' : 'restarting'} ${service}`);
    const output = await host.run(['rc-service', service, command], { timeoutMs: 900_000 });
    if (output?.exitCode === 0) continue;
    problems.push(
      problem(
        'restart-failed',
        `${service} did not ${command}: ${output === undefined ? 'rc-service is missing' : output.stderr.trim()}`,
        {
          hint: `see what it says: rc-service ${service} ${command}`,
        },
      ),
    );
  }
  return problems;
}

/** The command line that brings a service's changes into effect. */
export function restartLine(service: string): string {
  return `rc-service ${service} ${reloading.has(service) ? 'reload' : 'restart'}`;
}
