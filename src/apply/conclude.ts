import type { Host } from '../host/types.ts';
import { commit, directoryOf, isPending, touchedDirectories } from './commit.ts';
import { journalPath, type Journal } from './journal.ts';
import { undo } from './undo.ts';

/**
 * Carries a decided journal out to its end, or, when a step fails for good, takes it back: a file may be immutable,
 * a file system full or read-only by now.
 * @throws what the step threw, once the old tree is back. If even that fails the journal stays, for the next run.
 */
export async function finish(host: Host, journal: Journal): Promise<void> {
  // As long as one step is left to do, every old version is there to go back to; after the last, only cleaning up is left.
  if (journal.operations.some((operation) => isPending(host, operation))) {
    try {
      commit(host, journal);
      await host.sync(touchedDirectories(journal));
    } catch (error) {
      await undo(host, journal);
      throw error;
    }
  }
  for (const { kept } of journal.operations) host.remove(kept);
  for (const directory of journal.idle.toReversed()) host.removeEmptyDirectory(directory);
  host.remove(journalPath);
  await host.sync([directoryOf(journalPath)]);
}
