import { UserError, problem } from '../base/errors.ts';
import type { Host } from '../host/types.ts';
import { stateDirectory } from './manifest.ts';

/**
 * One step of the commit. Each can be done twice without harm, so that a commit that was broken off can be finished,
 * and each can be undone as long as `kept` is there: the old version, under a name of ours.
 */
export type Operation = Placing | Removal;

/** `staged` becomes `path`, unless `path` is no longer what it was: then it goes beside it. `was`, `will`: see `markOf`. */
export interface Placing {
  readonly kind: 'place';
  readonly staged: string;
  readonly path: string;
  readonly kept: string;
  readonly was: string;
  readonly will: string;
}

export interface Removal {
  readonly kind: 'remove';
  readonly path: string;
  readonly kept: string;
  readonly was: string;
}

/**
 * What is under way. In phase `stage` nothing but staged files has been written: they go. In phase `commit` all of
 * it stands ready: it is finished. In phase `undo` a step of the commit had failed: what was done is taken back.
 */
export interface Journal {
  readonly version: 1;
  readonly phase: 'stage' | 'commit' | 'undo';
  readonly operations: readonly Operation[];
  /** Directories that this apply makes, outermost first. */
  readonly directories: readonly string[];
  /** Directories that an apply made and that no file of ours is in any more, outermost first: they go if they are empty. */
  readonly idle: readonly string[];
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
  if (found.kind === 'absent') return undefined;
  const journal = found.kind === 'file' ? parse(found.content) : undefined;
  if (journal?.version === 1) return journal;
  if (journal === undefined) {
    throw new UserError(
      problem(
        'journal-damaged',
        `${journalPath} cannot be read: an interrupted apply can be neither finished nor undone`,
        {
          hint: `look for files named .rc-lxc-new.* and .rc-lxc-old.* beside what apply writes, then move ${journalPath} away`,
        },
      ),
    );
  }
  throw new UserError(
    problem('journal-unknown', `${journalPath} was left by another version of rc-lxc that was interrupted`, {
      hint: 'run that version once more, so that it finishes its work',
    }),
  );
}

function parse(text: string): Journal | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'version' in value ? (value as Journal) : undefined;
  } catch {
    return undefined;
  }
}
