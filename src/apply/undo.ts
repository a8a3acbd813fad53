import type { Host } from '../host/types.ts';
import { checkDirectory } from './check/candidate.ts';
import { directoryOf, isThere, markOf, touchedDirectories } from './commit.ts';
import { journalPath, writeJournal, type Journal, type Placing, type Removal } from './journal.ts';
import { manifestPath } from './manifest.ts';
import { stagedName } from './stage.ts';

/**
 * Takes a commit back that could not be finished, last step first: the tree is the old one then. The journal says so
 * before the first step, so that whoever finds it goes on in this direction. What a person has changed is kept.
 */
export async function undo(host: Host, journal: Journal): Promise<void> {
  if (journal.phase !== 'undo') await writeJournal(host, { ...journal, phase: 'undo' });
  for (const operation of journal.operations.toReversed()) {
    if (operation.kind === 'remove') putBack(host, operation);
    else displace(host, operation);
  }
  await host.sync(touchedDirectories(journal).filter((directory) => host.isDirectory(directory)));
  await unstage(host, journal);
}

function displace(host: Host, { staged, path, kept, was, will }: Placing): void {
  const now = markOf(host.look(path));
  if (isThere(host, kept)) {
    if (now === will || now === 'absent') host.rename(kept, path);
    // Two names of one file: rename(2) does nothing then. Or a person has edited it, which outweighs the old version.
    host.remove(kept);
  } else if (was === 'absent' && now === will) {
    host.remove(path);
  }
  host.remove(staged);
}

function putBack(host: Host, { path, kept }: Removal): void {
  if (!isThere(host, kept)) return;
  if (!isThere(host, path)) host.rename(kept, path);
  host.remove(kept);
}

/** Undoes staging: what was staged goes, and the directories that were made for it. */
export async function unstage(host: Host, journal: Journal): Promise<void> {
  for (const operation of journal.operations) if (operation.kind === 'place') host.remove(operation.staged);
  for (const directory of journal.directories.toReversed()) host.removeEmptyDirectory(directory);
  host.removeTree(checkDirectory);
  host.remove(`${journalPath}.new`);
  host.remove(stagedName(manifestPath));
  host.remove(journalPath);
  await host.sync([directoryOf(journalPath)]);
}
