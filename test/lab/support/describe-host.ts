import { UserError, hasErrors } from '../../../src/base/errors.ts';
import type { GuestOptions } from '../../../src/lab/guest.ts';
import { makeBusyboxRootfs } from '../../../src/lab/guest.ts';
import type { ThrowawayHost } from '../../../src/lab/host.ts';
import { installShell } from '../../../src/lab/install.ts';
import { desiredTree } from '../../../src/outputs/index.ts';
import type { HostFacts, HostModel } from '../../../src/resolve/model.ts';
import { resolve } from '../../../src/resolve/resolve.ts';
import { parseSource } from '../../../src/source/parse.ts';
import type { DesiredFile, DesiredTree } from '../../../src/tree/types.ts';
import { linkInside } from './containers.ts';
import { checkout } from './lab.ts';
import { must } from './service.ts';

export interface DescribedHost {
  readonly model: HostModel;
  readonly tree: DesiredTree;
}

/** What the guest of a container is; its init is `instant` unless told otherwise. */
export type Guests = Readonly<Record<string, GuestOptions>>;

/**
 * Puts a description onto a host, as far as files go: the shell part, what the description asks for, a rootfs for each
 * container, the links of the runlevels, and OpenRC's cache. Starts nothing. What a person has in other files stays.
 * Throws for a mistake in the description.
 */
export async function describeHost(host: ThrowawayHost, source: string, guests: Guests = {}): Promise<DescribedHost> {
  await installShell(host, checkout);
  const described = await render(host, source);
  const { tree } = described;
  for (const file of tree.files) await put(host, file);
  for (const { name, lxcPath } of tree.containers) {
    if (await host.exists(`${lxcPath}/${name}/rootfs`)) continue;
    makeBusyboxRootfs(host, name, { init: 'instant', path: lxcPath, ...guests[name] });
  }
  for (const [service, runlevel] of tree.runlevels) {
    linkInside(host, `/etc/runlevels/${runlevel}/${service}`, `/etc/init.d/${service}`);
  }
  await must(host, 'rc-update -u');
  return described;
}

/** Writes what the description asks for at the paths, and nothing else: a change that is made while services run. */
export async function rewrite(host: ThrowawayHost, source: string, ...paths: readonly string[]): Promise<void> {
  const { tree } = await render(host, source);
  for (const path of paths) {
    const file = tree.files.find((candidate) => candidate.path === path);
    if (file === undefined) throw new Error(`the description asks for no ${path}`);
    await put(host, file);
  }
}

async function render(host: ThrowawayHost, source: string): Promise<DescribedHost> {
  const parsed = parseSource([{ path: '/etc/rc-lxc/host.ini', text: source }]);
  const { model, problems } = resolve(parsed, await factsOf(host));
  if (model === undefined || hasErrors(problems)) throw new UserError(problems);
  return { model, tree: desiredTree(model) };
}

async function factsOf(host: ThrowawayHost): Promise<HostFacts> {
  const installedLxc = await must(host, 'lxc-start --version');
  const groups = await must(host, 'cut -d: -f2 /proc/self/cgroup');
  const newuidmap = await host.sh('path=$(command -v newuidmap) && [ -u "$path" ]');
  return {
    installedLxc,
    cgroup1Controllers: groups.split(/[\n,]/u).filter((name) => name !== '' && !name.includes('=')),
    newuidmap: newuidmap.exitCode === 0,
    netifrc: false,
  };
}

async function put(host: ThrowawayHost, file: DesiredFile): Promise<void> {
  if (file.kind === 'file') return host.writeFile(file.path, file.content, file.mode);
  if (file.kind === 'link') return linkInside(host, file.path, file.target);
  const before = (await host.exists(file.path)) ? await host.readFile(file.path) : '';
  return host.writeFile(file.path, `${before}${file.lines.join('\n')}\n`);
}
