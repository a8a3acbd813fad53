import { UserError, problem } from '../../base/errors.ts';
import {
  overlayFiles,
  parseRecord,
  folderOf,
  isWrittenOnce,
  manifestPath,
  recordPath,
  versionsIn,
} from '../../ebuild/overlay.ts';
import type { Versions } from '../../ebuild/overlay.ts';
import { parseManifest } from '../../ebuild/manifest.ts';
import type { Manifest } from '../../ebuild/manifest.ts';
import { live, packages } from '../../ebuild/packages.ts';
import { fingerprint } from '../../plan/plan.ts';
import type { Context, OptionValues } from '../types.ts';

/** An overlay as it is on the disk. */
export interface Overlay {
  /** Absolute. */
  readonly top: string;
  readonly versions: Versions;
  /** Sums of what was generated, by path below the top. */
  readonly record: ReadonlyMap<string, string>;
  /** By the package's name. */
  readonly manifests: ReadonlyMap<string, Manifest>;
}

/** How a generated file is, compared with what would be written now. */
export interface Finding {
  readonly path: string;
  /** `edited`: neither what was generated nor what would be; it is kept. */
  readonly state: 'missing' | 'outdated' | 'edited';
  readonly now: string;
  readonly wanted: string;
}

/**
 * Reads an overlay; an empty or absent folder is one without ebuilds.
 * @throws UserError for a folder of something else, and for a Manifest that is corrupt.
 */
export function loadOverlay(context: Context, options: OptionValues): Overlay {
  const named = options['overlay'];
  const top = context.fetched.absolute(typeof named === 'string' ? named : 'ebuild');
  refuseForeign(context, top);
  const versions = new Map(
    packages.map(({ name }) => {
      const present = versionsIn(name, context.host.list(`${top}/${folderOf(name)}`));
      return [name, [...present.filter((version) => version !== live), live]] as const;
    }),
  );
  const manifests = new Map(
    packages.map(({ name }) => {
      const path = `${top}/${manifestPath(name)}`;
      return [name, parseManifest(context.host.readText(path) ?? '', path)] as const;
    }),
  );
  return { top, versions, record: parseRecord(context.host.readText(`${top}/${recordPath}`) ?? ''), manifests };
}

/** A repository of another name, or a folder with other things in it, is not ours to write to. */
function refuseForeign(context: Context, top: string): void {
  const name = context.host.readText(`${top}/profiles/repo_name`)?.trim();
  if (name === 'rc-lxc' || (name === undefined && context.host.list(top).length === 0)) return;
  const what = name === undefined ? 'it has no profiles/repo_name' : `it is the repository ${name}`;
  throw new UserError(
    problem('not-our-overlay', `${top}: ${what}`, {
      hint: 'name the overlay rc-lxc, or a new folder, with --overlay',
    }),
  );
}

/** Everything that is not as it would be generated for these versions, in order. */
export function compare(context: Context, overlay: Overlay, versions: Versions = overlay.versions): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [path, wanted] of overlayFiles(versions)) {
    const now = context.host.readText(`${overlay.top}/${path}`);
    if (now === wanted) continue;
    if (now === undefined) findings.push({ path, state: 'missing', now: '', wanted });
    else if (overlay.record.get(path) !== fingerprint(now)) findings.push({ path, state: 'edited', now, wanted });
    else if (!isWrittenOnce(path)) findings.push({ path, state: 'outdated', now, wanted });
  }
  return findings;
}
