import { lstatSync, mkdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { quoteSh } from '../../../src/base/quote/index.ts';
import { pathInside } from '../../../src/lab/files.ts';
import { makeBusyboxRootfs, type GuestOptions } from '../../../src/lab/guest.ts';
import type { ThrowawayHost } from '../../../src/lab/host.ts';

export interface ContainerOptions {
  /** What conf.d/lxc.NAME sets; no such file without. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Lines of the LXC config after rootfs and name; it has no network unless they give one. */
  readonly config?: readonly string[];
  /** The guest's init is `instant` unless told otherwise. */
  readonly guest?: GuestOptions;
  /** Programs in its rootfs: where, and the text. */
  readonly files?: Readonly<Record<string, string>>;
  /** What /etc/init.d/lxc.NAME is a link to; rc-lxc by default. */
  readonly script?: string;
}

/**
 * A container that is in no description: a rootfs, an LXC config, a link to the shared script, and its place in the
 * runlevel. Returns the service's name.
 */
export async function addContainer(
  host: ThrowawayHost,
  name: string,
  { settings, config = [], guest = {}, files = {}, script = 'rc-lxc' }: ContainerOptions = {},
): Promise<string> {
  const service = `lxc.${name}`;
  const path = guest.path ?? '/var/lib/lxc';
  const rootfs = makeBusyboxRootfs(host, name, { init: 'instant', ...guest });
  const network = config.some((line) => line.startsWith('lxc.net.')) ? [] : ['lxc.net.0.type = empty'];
  const lines = [`lxc.rootfs.path = dir:${rootfs}`, `lxc.uts.name = ${name}`, ...network, ...config, ''];
  await host.writeFile(`${path}/${name}/config`, lines.join('\n'));
  for (const [file, text] of Object.entries(files)) await host.writeFile(`${rootfs}${file}`, text, 0o755);
  if (settings !== undefined) await configure(host, service, settings);
  linkInside(host, `/etc/init.d/${service}`, script);
  linkInside(host, `/etc/runlevels/default/${service}`, `/etc/init.d/${service}`);
  return service;
}

/** Writes the settings of a service, in place of those that it had. */
export async function configure(
  host: ThrowawayHost,
  service: string,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const lines = Object.entries(settings).map(([key, value]) => `${key}=${quoteSh(value)}\n`);
  await host.writeFile(`/etc/conf.d/${service}`, lines.join(''));
}

/** Makes a symbolic link, and the folder it is in; one that is there stays. */
export function linkInside(host: ThrowawayHost, path: string, target: string): void {
  const folder = pathInside(host.root, dirname(path));
  mkdirSync(folder, { recursive: true });
  const link = join(folder, basename(path));
  if (lstatSync(link, { throwIfNoEntry: false }) === undefined) symlinkSync(target, link);
}
