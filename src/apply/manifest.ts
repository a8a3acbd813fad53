import { UserError, problem } from '../base/errors.ts';
import type { Host } from '../host/types.ts';
import { emptyManifest } from '../plan/types.ts';
import type { Manifest } from '../plan/types.ts';

/** Where rc-lxc keeps what it must know of its own writing; root's alone. */
export const stateDirectory = '/var/lib/rc-lxc';
export const manifestPath = `${stateDirectory}/manifest.json`;

/**
 * What earlier applies left; nothing when there was none.
 * @throws UserError when it cannot be read or is of another version: guessing what is ours could cost a file that is not.
 */
export function readManifest(host: Host): Manifest {
  const found = host.look(manifestPath);
  if (found.kind === 'absent') return emptyManifest;
  const parsed = found.kind === 'file' ? parse(found.content) : undefined;
  if (parsed?.version === 1) return { ...emptyManifest, ...parsed };
  const what =
    parsed === undefined ? 'is damaged' : `is of version ${String(parsed.version)}, which this rc-lxc does not know`;
  throw new UserError(
    problem('manifest-unreadable', `${manifestPath} ${what}`, {
      hint: `move it away and apply again: what is as described is taken over, and what differs is kept and the new version put beside it`,
    }),
  );
}

/** As it stands in the file. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 1)}\n`;
}

/** Replaces the manifest in one step, where nothing else changes with it; the caller holds the lock. Root's alone. */
export async function writeManifest(host: Host, manifest: Manifest): Promise<void> {
  const staged = `${manifestPath}.new`;
  host.write(staged, manifestText(manifest), 0o600);
  await host.sync([staged]);
  host.rename(staged, manifestPath);
  await host.sync([stateDirectory]);
}

function parse(text: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'version' in value ? (value as Manifest) : undefined;
  } catch {
    return undefined;
  }
}
