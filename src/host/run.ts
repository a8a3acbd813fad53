import { execa } from 'execa';

import { codeOf } from './failures.ts';
import type { Output, RunOptions } from './types.ts';

/** Administrators' programs lie in sbin, which an ordinary user's PATH may lack. */
const searchPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Runs a program with untranslated messages; undefined when it is not installed. A time-out has exit status 124. */
export async function runProgram(argv: readonly string[], options: RunOptions = {}): Promise<Output | undefined> {
  const [program = '', ...args] = argv;
  const child = execa(program, args, {
    reject: false,
    // Where we were called may be closed to this user, or gone by now.
    cwd: '/',
    // A group of its own, so that what it starts can be ended with it; the terminal's Ctrl-C then comes to us alone.
    ...(options.cancel === undefined ? {} : { detached: true }),
    stripFinalNewline: false,
    env: { PATH: process.env['PATH'] === undefined ? searchPath : `${process.env['PATH']}:${searchPath}`, LC_ALL: 'C' },
    ...(options.input === undefined ? { stdin: 'ignore' } : { input: options.input }),
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
  });
  const end = (): void => endGroup(child.pid);
  options.cancel?.addEventListener('abort', end);
  const result = await child;
  options.cancel?.removeEventListener('abort', end);
  if (result.code === 'ENOENT') return undefined;
  const exitCode = result.timedOut ? 124 : (result.exitCode ?? 1);
  return { stdout: result.stdout, stderr: result.stderr, exitCode };
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM');
  } catch (error) {
    // It has ended by itself.
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}
