import { UserError, problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import { sameSums } from '../../ebuild/manifest.ts';
import type { Manifest, Sums } from '../../ebuild/manifest.ts';
import { ebuildPath } from '../../ebuild/overlay.ts';
import type { Versions } from '../../ebuild/overlay.ts';
import { packages } from '../../ebuild/packages.ts';
import type { OverlayPackage } from '../../ebuild/packages.ts';
import type { Context, OptionValues } from '../types.ts';
import type { Finding, Overlay } from './state.ts';

const portagesOwn = '/var/cache/distfiles';

/** Where files that were fetched lie; Portage's own place unless told. */
export function distDirectory(context: Context, options: OptionValues): string {
  const named = options['distdir'];
  return typeof named === 'string' ? context.fetched.absolute(named) : portagesOwn;
}

/** The files that the ebuilds of a package need, by name, each with where it comes from. */
export function neededFiles(of: OverlayPackage, versions: Versions): ReadonlyMap<string, string> {
  const all = (versions.get(of.name) ?? []).flatMap((version) => of.distfiles(version));
  return new Map(all.map(({ name, from }) => [name, from]));
}

/** What a Manifest lacks, and what it has that no ebuild of ours needs. */
export function manifestGaps(of: OverlayPackage, overlay: Overlay): { missing: string[]; extra: string[] } {
  const manifest = overlay.manifests.get(of.name) ?? new Map<string, Sums>();
  const needed = neededFiles(of, overlay.versions);
  return {
    missing: [...needed.keys()].filter((name) => !manifest.has(name)),
    extra: [...manifest.keys()].filter((name) => !needed.has(name)),
  };
}

/**
 * The Manifests for these versions: sums of the files in `directory`, and of those that are not there the ones that are
 * recorded. Entries that no generated ebuild needs stay where a person has edited one, who may have named more.
 * @throws UserError with every file that is neither there nor recorded, and every one that is not what was recorded.
 */
export async function manifestsFor(
  context: Context,
  overlay: Overlay,
  versions: Versions,
  edited: readonly Finding[],
  { directory, replace, of = packages }: { directory: string; replace: boolean; of?: readonly OverlayPackage[] },
): Promise<ReadonlyMap<string, Manifest>> {
  const problems: Problem[] = [];
  const manifests = new Map<string, Manifest>();
  for (const each of of) {
    const before = overlay.manifests.get(each.name) ?? new Map<string, Sums>();
    const entries = new Map<string, Sums>(hasEdited(each, edited) ? before : []);
    for (const [name, from] of neededFiles(each, versions)) {
      const recorded = before.get(name);
      const found = await context.fetched.sums(`${directory}/${name}`);
      const wrong = refused(`${directory}/${name}`, from, recorded, found, replace);
      if (wrong !== undefined) problems.push(wrong);
      const sums = found ?? recorded;
      if (sums !== undefined) entries.set(name, sums);
    }
    manifests.set(each.name, entries);
  }
  if (problems.length > 0) throw new UserError(problems);
  return manifests;
}

function hasEdited(of: OverlayPackage, edited: readonly Finding[]): boolean {
  const start = ebuildPath(of.name, '');
  return edited.some(({ path }) => path.endsWith('.ebuild') && path.startsWith(start.slice(0, -'.ebuild'.length)));
}

function refused(
  path: string,
  from: string,
  recorded: Sums | undefined,
  found: Sums | undefined,
  replace: boolean,
): Problem | undefined {
  if (found === undefined) {
    if (recorded !== undefined) return undefined;
    return problem('distfile-missing', `${path}: there is no such file, and its sums are not recorded`, {
      hint: `get it by ${from}, and name its folder with --distdir`,
    });
  }
  if (recorded === undefined || sameSums(recorded, found) || replace) return undefined;
  return problem('distfile-changed', `${path}: it is not the file that the Manifest records`, {
    hint: 'a release never changes: find out which of the two is genuine, by its signature; --replace records this one',
  });
}
