import { lstatSync, type Stats } from 'node:fs';

import { codeOf } from './failures.ts';

/**
 * What lstat(2) says, undefined when there is nothing. To ask so is cheap: Node makes an error with a stack of what is not
 * there, and thousands of files are not there yet at a first apply.
 */
export function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** See `Host.stamp`. The change time is the kernel's own; no program can set it (inode(7)). */
export function stamp(path: string, recent = 0): string | undefined {
  const status = entryAt(path);
  if (status === undefined || (recent > 0 && Date.now() - status.ctimeMs < recent)) return undefined;
  return `${status.ino} ${status.size} ${status.mode} ${status.ctimeMs}`;
}
