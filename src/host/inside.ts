import { lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** As many links as the kernel follows in one path (path_resolution(7)). */
const mostLinks = 40;

/**
 * Where an absolute path of a tree lies as seen from this machine, with every link resolved inside the tree.
 * A plain `root + path` would follow an absolute link (`/etc/init.d/lxc.a` to `/etc/init.d/rc-lxc`) out of it.
 * What does not exist stays as it is written.
 */
export function pathInside(root: string, path: string): string {
  if (!path.startsWith('/')) throw new Error(`not an absolute path: ${path}`);
  const waiting = path.split('/');
  let done: string[] = [];
  let links = 0;
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      done = done.slice(0, -1);
      continue;
    }
    const target = linkTarget(join(root, ...done, part));
    if (target === undefined) {
      done.push(part);
      continue;
    }
    links += 1;
    if (links > mostLinks) throw Object.assign(new Error(`too many links: ${path}`), { code: 'ELOOP' });
    if (target.startsWith('/')) done = [];
    waiting.unshift(...target.split('/'));
  }
  return join(root, ...done);
}

function linkTarget(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? readlinkSync(path) : undefined;
}
