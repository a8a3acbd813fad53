import * as fs from 'node:fs';

import { codeOf } from './failures.ts';

/** How often a lock of a process that is gone is broken before somebody else's is accepted. */
const tries = 5;

/**
 * A lock is a file that holds its owner's process id and start time: the number alone may be another's by now.
 * It is made whole beside and linked into place, so that nobody ever reads half of it.
 */
export function takeLock(path: string): { release(): void } | { readonly heldBy: string } {
  const mine = `${process.pid} ${startTime(process.pid)}`;
  const staged = `${path}.${process.pid}`;
  fs.writeFileSync(staged, mine, { mode: 0o644 });
  try {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      if (linked(staged, path)) return { release: () => fs.rmSync(path, { force: true }) };
      const holder = holderOf(path);
      if (holder !== undefined && isAlive(holder)) return { heldBy: `process ${holder.split(' ')[0]}` };
      breakLock(path, holder);
    }
    return { heldBy: 'another process that was just started' };
  } finally {
    fs.rmSync(staged, { force: true });
  }
}

function linked(staged: string, path: string): boolean {
  try {
    fs.linkSync(staged, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(path: string): string | undefined {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Moves the dead lock aside and looks again: if it was a new one by then, it is put back. */
function breakLock(path: string, holder: string | undefined): void {
  const aside = `${path}.dead.${process.pid}`;
  try {
    fs.renameSync(path, aside);
    if (holderOf(aside) !== holder) linked(aside, path);
    fs.rmSync(aside, { force: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function isAlive(holder: string): boolean {
  const [pid = '', started = ''] = holder.split(' ');
  return /^\d+$/u.test(pid) && startTime(Number(pid)) === started && started !== '';
}

/** Field 22 of /proc/PID/stat (proc(5)), counted behind the command's closing bracket; '' when there is no such process. */
function startTime(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(codeOf(error))) return '';
    throw error;
  }
}
