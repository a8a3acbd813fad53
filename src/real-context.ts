import { UserError, problem } from './base/errors.ts';
import type { GlobalOptions } from './cli/program.ts';
import { makeProgress } from './cli/progress.ts';
import type { Terminal } from './cli/terminal.ts';
import type { Context } from './commands/types.ts';
import { absolute, sums, textOf } from './host/distfiles.ts';
import { gatherFacts } from './host/facts.ts';
import { realHost } from './host/real.ts';
import { isDirectory, readSources, replaceFile, writeTree } from './host/user-files.ts';
import { readAccount } from './host/wiki-account.ts';
import { openWiki } from './host/wiki.ts';

/**
 * What commands work on when they run for real: the file system below the root, and this machine's programs.
 * @throws UserError when there is no such root.
 */
export function realContext(options: GlobalOptions, terminal: Terminal, version: string): Context {
  const root = existing(options.root);
  const host = realHost(root);
  let facts: ReturnType<typeof gatherFacts> | undefined;
  return {
    host,
    files: { readSources, replace: replaceFile, writeTree },
    fetched: { absolute, sums, textOf },
    wiki: (address, credentials) => openWiki(address, () => readAccount(credentials, process.env)),
    source: options.config ?? `${root.replace(/\/+$/u, '')}/etc/rc-lxc/host.ini`,
    progress: makeProgress(terminal, () => performance.now()),
    colour: terminal.colour,
    version,
    node: process.versions.node,
    facts: () => (facts ??= gatherFacts(host)),
  };
}

/** @throws UserError when the root is no directory: making one for a mistyped name would help nobody. */
function existing(root: string): string {
  if (root === '') {
    // `--root "$ROOT"` with nothing in it must not become the running host by accident.
    throw new UserError(problem('root-missing', '--root is empty', { hint: 'for the running host: --root /' }));
  }
  if (isDirectory(root)) return root;
  throw new UserError(
    problem('root-missing', `${root}: there is no such directory`, { hint: 'check what follows --root, or make it' }),
  );
}
