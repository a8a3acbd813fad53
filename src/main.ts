#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

import type { Terminal } from './cli/terminal.ts';

enableCompileCache?.();

/** sysexits.h: EX_SOFTWARE. */
const ourBug = 70;

function realTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const noColour = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '';
  return {
    out: (text) => void stdout.write(text),
    error: (text) => void stderr.write(text),
    width: Math.min(stdout.columns ?? 80, 100),
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

/** A reader that goes away (`rc-lxc plan | head`) is no failure of ours. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : ourBug);
});

try {
  process.exitCode = await main();
} catch (error) {
  const { bugReport } = await import('./base/bug.ts');
  process.stderr.write(bugReport(error, process.argv.slice(2), process.version));
  process.exitCode = ourBug;
}
