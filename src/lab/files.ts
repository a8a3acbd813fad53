import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathInside } from '../host/inside.ts';

export { pathInside } from '../host/inside.ts';

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
