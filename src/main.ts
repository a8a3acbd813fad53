#!/usr/bin/env node
import * as nodeModule from 'node:module';

import type { Terminal } from './cli/terminal.ts';

// Not every Node that can run the bundle has it.
nodeModule.enableCompileCache?.();

/** sysexits.h: EX_SOFTWARE. */
const ourBug = 70;

function realTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const noColour = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '';
  return {
    out: (text) => void stdout.write(text),
    error: (text) => void stderr.write(text),
    // A terminal that nobody has given a size says 0.
    width: Math.min(stdout.columns || 80, 100),
    colour: stdout.isTTY && stderr.isTTY && !noColour && env['TERM'] !== 'dumb',
    interactive: stderr.isTTY && env['TERM'] !== 'dumb',
  };
}

async function main(): Promise<number> {
  const { default: metadata } = await import('../package.json', { with: { type: 'json' } });
  const argv = process.argv.slice(2);
  // The commonest question of scripts needs none of what follows.
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    process.stdout.write(`${metadata.version}\n`);
    return 0;
  }
  const [{ runProgram }, { realContext }] = await Promise.all([
    import('./cli/program.ts'),
    import('./real-context.ts'),
  ]);
  const terminal = realTerminal();
  return runProgram(argv, {
    version: metadata.version,
    terminal,
    context: (options) => realContext(options, terminal, metadata.version),
  });
}

/** Why the result could not be written, if it could not. */
let unwritten: string | undefined;

/** A reader that goes away (`rc-lxc plan | head`) is no failure of ours, and no reason to leave off what is being done. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' || unwritten !== undefined) return;
  unwritten = error.message;
  process.stderr.write(`error[cannot-write]: the result could not be written: ${unwritten}\n`);
  process.exitCode = 1;
});
// Nobody is left to be told.
process.stderr.on('error', () => undefined);

try {
  const status = await main();
  process.exitCode = unwritten === undefined ? status : 1;
} catch (error) {
  const { bugReport } = await import('./base/bug.ts');
  process.stderr.write(bugReport(error, process.argv.slice(2), process.version));
  process.exitCode = ourBug;
}
