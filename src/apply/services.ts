import { problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import type { Host } from '../host/types.ts';
import type { Plan } from '../plan/types.ts';
import { readManifest, writeManifest } from './manifest.ts';
import { oneLine } from './said.ts';

/** A service that takes its changes without a stop: a reload is atomic where a restart has a gap. */
const reloading = new Set(['rc-lxc-nft', 'rc-lxc-dnsmasq']);

/** True when OpenRC runs this host: services are only asked then. */
export function hasOpenrc(host: Host): boolean {
  return host.live && host.isDirectory('/run/openrc');
}

/** Where OpenRC records, by a link for each, which services are started (librc's RC_SVCDIR). */
const started = '/run/openrc/started';

export function isStarted(host: Host, service: string): boolean {
  return hasOpenrc(host) && host.look(`${started}/${service}`).kind !== 'absent';
}

/** Those of the services that run now. */
export function startedServices(host: Host, services: readonly string[]): readonly string[] {
  return services.filter((service) => isStarted(host, service));
}

/** OpenRC sources every script once, and knows the new dependencies from then on. */
export async function refreshCache(host: Host, plan: Plan): Promise<boolean> {
  const concerned = plan.changes.some(({ path }) => path.startsWith('/etc/init.d/') || path.startsWith('/etc/conf.d/'));
  if (!concerned || !hasOpenrc(host)) return false;
  return (await host.run(['rc-update', '-u'], { timeoutMs: 600_000 }))?.exitCode === 0;
}

/**
 * Restarts, or reloads, one service after another. OpenRC brings the dependents of each along, which are not restarted
 * another time. Gives what failed.
 */
export async function restartServices(
  host: Host,
  services: readonly string[],
  step: (text: string) => void,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const before = new Map(services.map((service) => [service, host.stamp(`${started}/${service}`)]));
  for (const service of services) {
    if (isStarted(host, service) && host.stamp(`${started}/${service}`) !== before.get(service)) continue;
    const command = reloading.has(service) ? 'reload' : 'restart';
    step(`${command === 'reload' ? 'reloading' : 'restarting'} ${service}`);
    const failed = await ask(host, service, command);
    if (failed !== undefined) problems.push(failed);
    else if (command === 'reload') await forget(host, service);
  }
  return problems;
}

/** A reload leaves no trace in OpenRC's records: that it has been done is for us to remember. */
async function forget(host: Host, service: string): Promise<void> {
  const manifest = readManifest(host);
  const { [service]: done, ...pending } = manifest.pending;
  if (done !== undefined) await writeManifest(host, { ...manifest, pending });
}

/** The services that are started now. */
export function startedNow(host: Host): readonly string[] {
  return hasOpenrc(host) ? host.list(started) : [];
}

/**
 * Starts again what was started before and is no more: OpenRC stops the dependents of a service with it, by what they
 * needed until now. Gives what failed.
 */
export async function startAgain(
  host: Host,
  before: readonly string[],
  step: (text: string) => void,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const service of before) {
    if (isStarted(host, service) || host.look(`/etc/init.d/${service}`).kind === 'absent') continue;
    step(`starting ${service} again`);
    const failed = await ask(host, service, 'start');
    if (failed !== undefined) problems.push(failed);
  }
  return problems;
}

async function ask(host: Host, service: string, command: string): Promise<Problem | undefined> {
  const output = await host.run(['rc-service', service, command], { timeoutMs: 900_000 });
  if (output?.exitCode === 0) return undefined;
  const said = output === undefined ? 'rc-service is missing' : oneLine(output.stderr);
  return problem(`${command}-failed`, `${service} did not ${command}: ${said}`, {
    hint: `see what it says: rc-service ${service} ${command}`,
  });
}

/** The command line that brings a service's changes into effect. */
export function restartLine(service: string): string {
  return `rc-service ${service} ${reloading.has(service) ? 'reload' : 'restart'}`;
}
