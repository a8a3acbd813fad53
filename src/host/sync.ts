import * as fs from 'node:fs';

import { codeOf } from './failures.ts';
import { runProgram } from './run.ts';

/** From here on one sync of everything is cheaper than waiting for each file. */
const many = 200;

/** Returns when what was written to these files and directories is on the disk. */
export async function syncPaths(paths: readonly string[]): Promise<void> {
  if (paths.length > many && (await runProgram(['sync'], { timeoutMs: 600_000 }))?.exitCode === 0) return;
  for (const path of paths) syncOne(path);
}

function syncOne(path: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
    fs.fsyncSync(descriptor);
  } catch (error) {
    // A link lives in its directory, which is synced; some file systems have nothing to sync (EINVAL).
    if (!['ELOOP', 'EINVAL', 'ENOENT', 'EROFS'].includes(codeOf(error))) throw error;
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}
