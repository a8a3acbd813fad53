import * as fs from 'node:fs';
import { dirname } from 'node:path';

import { codeOf } from './failures.ts';
import { runProgram } from './run.ts';

/** File systems write many requests at once to the disk together; more than this many wait in Node anyway. */
const atOnce = 16;

/** From here on one syncfs(2) takes less than an fsync(2) of each; below it, others' unwritten data would cost more. */
const many = 200;

const flags = fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK;

/** A link lives in its directory, which is synced; some file systems have nothing to sync (EINVAL). */
const harmless = new Set(['ELOOP', 'EINVAL', 'ENOENT', 'EROFS']);

/** Returns when what was written to these files and directories is on the disk. */
export async function syncPaths(paths: readonly string[]): Promise<void> {
  if (paths.length >= many && (await syncFileSystems(paths))) return;
  const waiting = paths.values();
  const work = async (): Promise<void> => {
    for (const path of waiting) await syncOne(path);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, paths.length) }, work));
}

/** By `sync -f` of coreutils, or of a busybox that has it; false where there is none. */
async function syncFileSystems(paths: readonly string[]): Promise<boolean> {
  const devices = new Map<number, string>();
  for (const directory of new Set(paths.map((path) => dirname(path)))) {
    const device = fs.statSync(directory, { throwIfNoEntry: false })?.dev;
    if (device !== undefined) devices.set(device, directory);
  }
  const output = await runProgram(['sync', '-f', ...devices.values()]);
  return output?.exitCode === 0;
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
