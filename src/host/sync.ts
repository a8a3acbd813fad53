import * as fs from 'node:fs';

import { codeOf } from './failures.ts';

/** File systems write many requests at once to the disk together; more than this many wait in Node anyway. */
const atOnce = 16;

const flags = fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK;

/** A link lives in its directory, which is synced; some file systems have nothing to sync (EINVAL). */
const harmless = new Set(['ELOOP', 'EINVAL', 'ENOENT', 'EROFS']);

/** Returns when what was written to these files and directories is on the disk: theirs alone, not all that others wrote. */
export async function syncPaths(paths: readonly string[]): Promise<void> {
  const waiting = paths.values();
  const work = async (): Promise<void> => {
    for (const path of waiting) await syncOne(path);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, paths.length) }, work));
}

async function syncOne(path: string): Promise<void> {
  let handle: fs.promises.FileHandle | undefined;
  try {
    handle = await fs.promises.open(path, flags);
    await handle.sync();
  } catch (error) {
    if (!harmless.has(codeOf(error))) throw error;
  } finally {
    await handle?.close();
  }
}
