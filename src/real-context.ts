import type { GlobalOptions } from './cli/program.ts';
import { makeProgress } from './cli/progress.ts';
import type { Terminal } from './cli/terminal.ts';
import type { Context } from './commands/types.ts';
import { gatherFacts } from './host/facts.ts';
import { realHost } from './host/real.ts';
import { readSources, replaceFile, writeTree } from './host/user-files.ts';

/** What commands work on when they run for real: the file system below the root, and this machine's programs. */
export function realContext(options: GlobalOptions, terminal: Terminal, version: string): Context {
  const root = options.root === '' ? '/' : options.root;
  const host = realHost(root);
  let facts: ReturnType<typeof gatherFacts> | undefined;
  return {
    host,
    files: { readSources, replace: replaceFile, writeTree },
    source: options.config ?? `${root.replace(/\/+$/u, '')}/etc/rc-lxc/host.ini`,
    progress: makeProgress(terminal, () => performance.now()),
    colour: terminal.colour,
    version,
    facts: () => (facts ??= gatherFacts(host)),
  };
}
