import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Where an absolute path of the host lies as seen from the machine, with every link resolved inside the host.
 * A plain `root + path` would follow an absolute link (`/etc/init.d/lxc.a` to `/etc/init.d/rc-lxc`) out onto the machine.
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
    if (links > 40) throw new Error(`too many links: ${path}`);
    if (target.startsWith('/')) done = [];
    waiting.unshift(...target.split('/'));
  }
  return join(root, ...done);
}

function linkTarget(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? readlinkSync(path) : undefined;
}

/** Writes a file, and the folders it needs; `mode` holds whatever the umask is. */
export function writeInside(root: string, path: string, content: string, mode?: number): void {
  const target = pathInside(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
  if (mode !== undefined) chmodSync(target, mode);
}

export function readInside(root: string, path: string): string {
  return readFileSync(pathInside(root, path), 'utf8');
}

/** Whether there is something at the path; a link that leads nowhere is not something. */
export function existsInside(root: string, path: string): boolean {
  return existsSync(pathInside(root, path));
}
