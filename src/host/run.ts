import { execa } from 'execa';

import type { Output, RunOptions } from './types.ts';

/** Administrators' programs lie in sbin, which an ordinary user's PATH may lack. */
const searchPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Runs a program with untranslated messages; undefined when it is not installed. A time-out has exit status 124. */
export async function runProgram(argv: readonly string[], options: RunOptions = {}): Promise<Output | undefined> {
  const [program = '', ...args] = argv;
  const result = await execa(program, args, {
    reject: false,
    stripFinalNewline: false,
    env: { PATH: process.env['PATH'] === undefined ? searchPath : `${process.env['PATH']}:${searchPath}`, LC_ALL: 'C' },
    ...(options.input === undefined ? { stdin: 'ignore' } : { input: options.input }),
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
  });
  if (result.code === 'ENOENT') return undefined;
  const exitCode = result.timedOut ? 124 : (result.exitCode ?? 1);
  return { stdout: result.stdout, stderr: result.stderr, exitCode };
}
