import type { Host } from '../host/types.ts';
import { fingerprint } from '../plan/plan.ts';
import type { Found } from '../plan/types.ts';
import type { Journal, Operation, Placing, Removal } from './journal.ts';

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

export const isThere = (host: Host, path: string): boolean => host.stamp(path) !== undefined;

/**
 * Carries out a journal's operations, from the start or after a break. What a person has changed in the meantime is
 * kept. Every old version stays under its `kept` name until all is done, so that a step that fails can be taken back.
 */
export function commit(host: Host, journal: Journal): void {
  for (const operation of journal.operations) {
    if (operation.kind === 'remove') removeUnchanged(host, operation);
    else place(host, operation);
  }
}

/** Whether a step is still to be done. */
export function isPending(host: Host, operation: Operation): boolean {
  if (operation.kind === 'place') return isThere(host, operation.staged);
  return !isThere(host, operation.kept) && markOf(host.look(operation.path)) === operation.was;
}

function place(host: Host, { staged, path, kept, was, will }: Placing): void {
  // It was placed before the break.
  if (!isThere(host, staged)) return;
  const now = markOf(host.look(path));
  if (now === will) {
    host.remove(staged);
  } else if (now !== was) {
    host.rename(staged, freeBeside(host, path));
  } else if (now === 'absent') {
    // A link never replaces: should a file of a person's have come this moment, it fails.
    host.link(staged, path);
    host.remove(staged);
  } else {
    if (!isThere(host, kept)) host.link(path, kept);
    host.rename(staged, path);
  }
}

function removeUnchanged(host: Host, operation: Removal): void {
  if (isPending(host, operation)) host.rename(operation.path, operation.kept);
}

/** `._cfg0000_NAME`, or the next free number. */
function freeBeside(host: Host, path: string): string {
  const directory = directoryOf(path);
  const name = path.slice(directory.length + 1);
  for (let number = 0; ; number += 1) {
    const beside = `${directory}/._cfg${String(number).padStart(4, '0')}_${name}`;
    if (!isThere(host, beside)) return beside;
  }
}

/** The directories whose entries the operations change. */
export function touchedDirectories(journal: Journal): readonly string[] {
  return [...new Set(journal.operations.map(({ path }) => directoryOf(path)))];
}

export function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 1));
}
