import { lstatSync } from 'node:fs';

/** See `Host.stamp`. The change time is the kernel's own; no program can set it (inode(7)). */
export function stamp(path: string, recent = 0): string | undefined {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status === undefined || (recent > 0 && Date.now() - status.ctimeMs < recent)) return undefined;
  return `${status.ino} ${status.size} ${status.mode} ${status.ctimeMs}`;
}
