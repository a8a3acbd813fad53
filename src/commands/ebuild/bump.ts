import { UserError, problem } from '../../base/errors.ts';
import { live, packages } from '../../ebuild/packages.ts';
import type { OverlayPackage } from '../../ebuild/packages.ts';
import { releasesOf } from '../../ebuild/overlay.ts';
import { refusal, releasesIn } from '../../ebuild/releases.ts';
import { compareVersions, parseGentoo, toGentoo } from '../../ebuild/versions.ts';
import type { CommandResult, Context, OptionValues } from '../types.ts';
import { distDirectory, manifestsFor } from './manifests.ts';
import { compare, loadOverlay } from './state.ts';
import { doneText, writeOverlay } from './write.ts';

/** Adds the ebuild of a version, and the sums of its files. */
export async function bump(context: Context, text: string | undefined, options: OptionValues): Promise<CommandResult> {
  const of = packageNamed(options['package']);
  const version = versionOf(text);
  const overlay = loadOverlay(context, options);
  const present = releasesOf(overlay.versions, of.name);
  const refused = refusal(version, present, await released(context, of, options));
  if (refused !== undefined && !(refused.code === 'version-gap' && options['skip'] === true))
    throw new UserError(problem(refused.code, `${of.name}: ${refused.message}`, { hint: refused.hint }));
  const versions = new Map(overlay.versions);
  versions.set(of.name, [...[...present, version].toSorted(compareVersions), live]);
  const edited = compare(context, overlay).filter(({ state }) => state === 'edited');
  const directory = distDirectory(context, options);
  const manifests = await manifestsFor(context, overlay, versions, edited, { directory, replace: false, of: [of] });
  const done = writeOverlay(context, overlay, { versions, manifests });
  const { written, removed } = done;
  const json = { package: of.name, version, written, removed, edited: done.edited.map(({ path }) => path) };
  return { exitCode: 0, text: doneText(done), json };
}

/** @throws UserError for what is no version, and for the one that is no release. */
function versionOf(text: string | undefined): string {
  const version = text === undefined ? undefined : toGentoo(text);
  if (version === undefined) {
    const message = text === undefined ? 'bump to which version?' : `${JSON.stringify(text)} is no version`;
    const hint = "semver as 1.2.0, 1.2.0-rc.1 or 1.2.0+p.3, or Gentoo's own form as 1.2.0_rc1, 1.2.0_p3 or 1.2.0-r1";
    throw new UserError(problem('version-invalid', message, { hint }));
  }
  if (parseGentoo(version)?.numbers.includes(live) === true)
    throw new UserError(
      problem('version-invalid', `${version} is what stands for version control, not a release`, {
        hint: 'its ebuild is written by rc-lxc ebuild update',
      }),
    );
  return version;
}

function packageNamed(name: string | boolean | undefined): OverlayPackage {
  const found = packages.find((each) => each.name === (name ?? 'rc-lxc'));
  if (found !== undefined) return found;
  const hint = `--package takes one of: ${packages.map((each) => each.name).join(', ')}`;
  throw new UserError(problem('unknown-package', `there is no package ${String(name)} in this overlay`, { hint }));
}

async function released(
  context: Context,
  of: OverlayPackage,
  options: OptionValues,
): Promise<readonly string[] | undefined> {
  const source = options['releases'];
  if (typeof source !== 'string') return undefined;
  const versions = releasesIn(await context.fetched.textOf(source), of.name);
  if (versions.length > 0) return versions;
  throw new UserError(
    problem('no-releases', `${source}: no release of ${of.name} is named there`, {
      hint: 'a page with links to tarballs, the JSON of a forge, or a version a line',
    }),
  );
}
