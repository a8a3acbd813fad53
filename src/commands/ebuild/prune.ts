import { UserError, problem } from '../../base/errors.ts';
import { ebuildPath, releasesOf } from '../../ebuild/overlay.ts';
import { live, packages } from '../../ebuild/packages.ts';
import { withoutRevision } from '../../ebuild/versions.ts';
import type { CommandResult, Context, OptionValues } from '../types.ts';
import { neededFiles } from './manifests.ts';
import { compare, loadOverlay } from './state.ts';
import type { Overlay } from './state.ts';
import { doneText, writeOverlay } from './write.ts';

/**
 * Removes ebuilds of old releases and what the Manifests record for them: of each package the newest ones stay, as many
 * as `--keep` says, of each release the last revision alone. What a person has edited stays.
 */
export function prune(context: Context, options: OptionValues): CommandResult {
  const keep = keepOf(options['keep']);
  const overlay = loadOverlay(context, options);
  const edited = compare(context, overlay).filter(({ state }) => state === 'edited');
  const protectedPaths = new Set(edited.map(({ path }) => path));
  const versions = new Map(
    packages.map(({ name }) => {
      const all = releasesOf(overlay.versions, name);
      const stay = new Set(newest(all, keep));
      const left = all.filter((each) => stay.has(each) || protectedPaths.has(ebuildPath(name, each)));
      return [name, [...left, live]] as const;
    }),
  );
  const manifests = new Map(
    packages.map((each) => [each.name, pruned(overlay, each.name, neededFiles(each, versions))]),
  );
  const done = writeOverlay(context, overlay, { versions, manifests });
  const json = { written: done.written, removed: done.removed, edited: done.edited.map(({ path }) => path) };
  return { exitCode: 0, text: doneText(done), json };
}

function keepOf(text: string | boolean | undefined): number {
  const keep = Number(text ?? 2);
  if (Number.isSafeInteger(keep) && keep > 0) return keep;
  throw new UserError(
    problem('number-invalid', `--keep ${String(text)}: this is no number of releases`, {
      hint: 'at least one stays: --keep 1',
    }),
  );
}

/** The last revision of each of the last `keep` releases. */
function newest(all: readonly string[], keep: number): readonly string[] {
  const lastOf = new Map(all.map((version) => [withoutRevision(version), version]));
  return [...lastOf.values()].slice(-keep);
}

function pruned(overlay: Overlay, name: string, needed: ReadonlyMap<string, string>) {
  return new Map([...(overlay.manifests.get(name) ?? [])].filter(([file]) => needed.has(file)));
}
