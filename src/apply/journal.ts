import { UserError, problem } from '../base/errors.ts';
import type { Host } from '../host/types.ts';
import type { Manifest } from '../plan/types.ts';
import { stateDirectory } from './manifest.ts';

/** One step of the commit. Each can be done twice without harm, so that a broken-off commit can be finished. */
export type Operation =
  /** `staged` becomes `path`, unless `path` is no longer what it was: then it goes beside it. `was`: see `markOf`. */
  | {
      readonly kind: 'place';
      readonly staged: string;
      readonly path: string;
      readonly was: string;
      readonly will: string;
    }
  | { readonly kind: 'remove'; readonly path: string; readonly was: string };

/**
 * What is under way. In phase `stage` nothing but staged files has been written: it is undone. In phase `commit` all of
 * it stands ready: it is finished.
 */
export interface Journal {
  readonly version: 1;
  readonly phase: 'stage' | 'commit';
  readonly operations: readonly Operation[];
  /** Directories that this apply makes, outermost first. */
  readonly directories: readonly string[];
  /** The manifest once all is done. */
  readonly manifest?: Manifest;
}

export const journalPath = `${stateDirectory}/journal.json`;

/** Written beside and renamed: it is there whole or not at all. */
export async function writeJournal(host: Host, journal: Journal): Promise<void> {
  const staged = `${journalPath}.new`;
  host.write(staged, JSON.stringify(journal), 0o600);
  await host.sync([staged]);
  host.rename(staged, journalPath);
  await host.sync([stateDirectory]);
}

export function readJournal(host: Host): Journal | undefined {
  const found = host.look(journalPath);
  if (found.kind !== 'file') return undefined;
  const journal = JSON.parse(found.content) as Journal;
  if (journal.version === 1) return journal;
  throw new UserError(
    problem('journal-unknown', `${journalPath} was left by another version of rc-lxc that was interrupted`, {
      hint: 'run that version once more, so that it finishes its work',
    }),
  );
}
