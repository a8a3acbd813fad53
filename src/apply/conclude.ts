import type { Host } from '../host/types.ts';
import type { Manifest } from '../plan/types.ts';
import { commit, directoryOf, touchedDirectories } from './commit.ts';
import { journalPath, type Journal } from './journal.ts';
import { manifestPath } from './manifest.ts';
import { undo } from './undo.ts';

/**
 * Carries a decided journal out to its end, or, when a step fails for good, takes it back: a file may be immutable,
 * a file system full or read-only by now.
 * @throws what the step threw, once the old tree is back. If even that fails the journal stays, for the next run.
 */
export async function finish(host: Host, journal: Journal): Promise<void> {
  const { manifest } = journal;
  if (manifest === undefined) throw new Error('a journal that was decided without its manifest');
  const text = manifestText(manifest);
  const recorded = host.look(manifestPath);
  // With the manifest in its place the new tree stands: old versions may be gone, and only cleaning up is left.
  if (recorded.kind !== 'file' || recorded.content !== text) {
    try {
      commit(host, journal);
      await host.sync(touchedDirectories(journal));
      await writeManifest(host, text);
    } catch (error) {
      await undo(host, journal);
      throw error;
    }
  }
  await host.sync([directoryOf(manifestPath)]);
  for (const { kept } of journal.operations) host.remove(kept);
  removeIdle(host, journal.directories, manifest);
  host.remove(journalPath);
  await host.sync([directoryOf(journalPath)]);
}

function manifestText(manifest: Manifest): string {
  const { directories, ...rest } = manifest;
  const used = usedDirectories(manifest);
  return `${JSON.stringify({ ...rest, directories: directories.filter((directory) => used.has(directory)) }, undefined, 1)}\n`;
}

/** Written beside and renamed, which is the last step that can fail; readable for root alone. */
async function writeManifest(host: Host, text: string): Promise<void> {
  const staged = `${manifestPath}.new`;
  host.write(staged, text, 0o600);
  await host.sync([staged]);
  host.rename(staged, manifestPath);
}

/** Directories that we made and that no file of ours is in any more go, if they are empty; innermost first. */
function removeIdle(host: Host, made: readonly string[], manifest: Manifest): void {
  const used = usedDirectories(manifest);
  const ours = [...new Set([...manifest.directories, ...made])].toSorted();
  for (const directory of ours.toReversed()) if (!used.has(directory)) host.removeEmptyDirectory(directory);
}

function usedDirectories({ files, runlevels }: Manifest): ReadonlySet<string> {
  const links = Object.entries(runlevels).map(([service, runlevel]) => `/etc/runlevels/${runlevel}/${service}`);
  return new Set([...Object.keys(files), ...links].flatMap((path) => ancestors(path)));
}

function ancestors(path: string): readonly string[] {
  const found: string[] = [];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) found.push(path.slice(0, end));
  return found;
}
