import type { Host } from '../host/types.ts';
import { fingerprint } from '../plan/plan.ts';
import type { Found, Manifest } from '../plan/types.ts';
import { journalPath, type Journal, type Operation } from './journal.ts';
import { manifestPath } from './manifest.ts';

/** One word for what stands at a path, to tell later whether it still does. */
export function markOf(found: Found): string {
  switch (found.kind) {
    case 'file':
      return `file ${fingerprint(found.content)} ${found.mode.toString(8)}`;
    case 'link':
      return `link ${found.target}`;
    case 'absent':
    case 'other':
      return found.kind;
  }
}

/**
 * Carries out a journal's operations, from the start or after a break. What a person has changed in the meantime is kept.
 * Synchronous: no signal comes between. Gives the directories whose entries changed.
 */
export function commit(host: Host, journal: Journal): readonly string[] {
  const touched = new Set<string>();
  for (const operation of journal.operations) {
    touched.add(directoryOf(operation.path));
    if (operation.kind === 'remove') removeUnchanged(host, operation);
    else place(host, operation);
  }
  return [...touched];
}

function place(host: Host, operation: Extract<Operation, { kind: 'place' }>): void {
  const staged = host.look(operation.staged);
  // It was placed before the break.
  if (staged.kind === 'absent') return;
  const now = markOf(host.look(operation.path));
  if (now === operation.was) host.rename(operation.staged, operation.path);
  else if (now === operation.will) host.remove(operation.staged);
  else host.rename(operation.staged, freeBeside(host, operation.path));
}

function removeUnchanged(host: Host, operation: Extract<Operation, { kind: 'remove' }>): void {
  if (markOf(host.look(operation.path)) === operation.was) host.remove(operation.path);
}

/** `._cfg0000_NAME`, or the next free number. */
function freeBeside(host: Host, path: string): string {
  const directory = directoryOf(path);
  const name = path.slice(directory.length + 1);
  for (let number = 0; ; number += 1) {
    const beside = `${directory}/._cfg${String(number).padStart(4, '0')}_${name}`;
    if (host.look(beside).kind === 'absent') return beside;
  }
}

/** The manifest, then the end of the journal: from here on the tree is the new one. */
export async function conclude(
  host: Host,
  journal: Journal,
  touched: readonly string[],
): Promise<Manifest | undefined> {
  await host.sync(touched);
  const { manifest } = journal;
  if (manifest !== undefined) {
    const emptied = removeEmptied(host, manifest);
    const staged = `${manifestPath}.new`;
    host.write(staged, `${JSON.stringify(emptied, undefined, 1)}\n`, 0o600);
    await host.sync([staged]);
    host.rename(staged, manifestPath);
  }
  host.remove(journalPath);
  await host.sync([directoryOf(journalPath)]);
  return manifest;
}

/** Directories of ours that hold nothing any more go; innermost first. */
function removeEmptied(host: Host, manifest: Manifest): Manifest {
  const files = Object.keys(manifest.files);
  const used = new Set(files.flatMap((path) => ancestors(path)));
  const idle = manifest.directories.filter((directory) => !used.has(directory));
  for (const directory of idle.toReversed()) host.removeEmptyDirectory(directory);
  return {
    ...manifest,
    directories: manifest.directories.filter((directory) => used.has(directory) || host.isDirectory(directory)),
  };
}

function ancestors(path: string): readonly string[] {
  const found: string[] = [];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) found.push(path.slice(0, end));
  return found;
}

/** Undoes staging: what was staged goes, and the directories that were made for it. */
export async function unstage(host: Host, journal: Journal): Promise<void> {
  for (const operation of journal.operations) if (operation.kind === 'place') host.remove(operation.staged);
  for (const directory of journal.directories.toReversed()) host.removeEmptyDirectory(directory);
  host.remove(`${journalPath}.new`);
  host.remove(journalPath);
  await host.sync([directoryOf(journalPath)]);
}

export function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 1));
}
