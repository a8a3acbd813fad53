import { lchownSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { desiredTree } from '../../outputs/index.ts';
import type { HostModel } from '../../resolve/model.ts';
import type { DesiredFile, DesiredTree } from '../../tree/types.ts';
import { pathInside } from '../files.ts';
import { makeBusyboxRootfs } from '../guest.ts';
import type { ThrowawayHost } from '../host.ts';

/** Writes all that a description asks for, with a placeholder in place of each container's system. Starts nothing. */
export async function writeDescribed(host: ThrowawayHost, model: HostModel): Promise<DesiredTree> {
  const tree = desiredTree(model);
  for (const file of tree.files) await put(host, file);
  for (const [service, runlevel] of tree.runlevels)
    link(host, `/etc/runlevels/${runlevel}/${service}`, `/etc/init.d/${service}`);
  for (const { name, lxcPath } of tree.containers) makeBusyboxRootfs(host, name, { init: 'instant', path: lxcPath });
  giveToMapped(host, tree);
  return tree;
}

async function put(host: ThrowawayHost, file: DesiredFile): Promise<void> {
  if (file.kind === 'file') return host.writeFile(file.path, file.content, file.mode);
  if (file.kind === 'link') return link(host, file.path, file.target);
  const before = (await host.exists(file.path)) ? await host.readFile(file.path) : '';
  return host.writeFile(file.path, `${before}${file.lines.join('\n')}\n`);
}

function link(host: ThrowawayHost, path: string, target: string): void {
  const folder = pathInside(host.root, dirname(path));
  mkdirSync(folder, { recursive: true });
  const at = join(folder, basename(path));
  // What an earlier apply has left on the machine.
  if (lstatSync(at, { throwIfNoEntry: false }) !== undefined) rmSync(at);
  symlinkSync(target, at);
}

/** Its files belong to the root that a container has. */
function giveToMapped(host: ThrowawayHost, { containers }: DesiredTree): void {
  for (const { rootfs, idMap } of containers) {
    if (idMap === undefined) continue;
    const top = pathInside(host.root, rootfs);
    for (const path of ['', ...readdirSync(top, { recursive: true, encoding: 'utf8' })])
      lchownSync(join(top, path), idMap.base, idMap.base);
  }
}
