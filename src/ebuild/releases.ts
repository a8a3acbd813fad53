import { compareVersions, parseGentoo, toGentoo, withoutRevision } from './versions.ts';

/**
 * The versions that a list of releases names, as Gentoo writes them, in order. The list may be a page that links to
 * tarballs (`lxc-6.0.2.tar.gz`), JSON of a forge (`"tag_name": "v6.0.2"`, `"name": …`), or a version or tag a line.
 */
export function releasesIn(text: string, name: string): readonly string[] {
  const tarballs = [...text.matchAll(/([A-Za-z][\w.-]*?)-(\d[\w.+-]*?)\.tar\.(?:gz|xz|bz2|zst)\b/gu)];
  const tagged = [...text.matchAll(/"(?:tag_name|name)":\s*"([^"]+)"/gu)].map(([, tag = '']) => tag);
  const lines = text.split('\n').map((line) => line.trim());
  const named = tarballs.filter(([, of]) => of === name).map(([, , version = '']) => version);
  const found = named.length > 0 ? named : tagged.length > 0 ? tagged : lines;
  const versions = found.flatMap((version) => toGentoo(withoutName(version, name).replace(/\.(?=rc\d)/u, '-')) ?? []);
  return [...new Set(versions)].toSorted(compareVersions);
}

function withoutName(tag: string, name: string): string {
  return tag.startsWith(`${name}-`) ? tag.slice(name.length + 1) : tag;
}

/** Why a version is no next one after those that are there, and what would be. */
export interface Refusal {
  readonly code: 'downgrade' | 'already-there' | 'version-gap' | 'not-released';
  readonly message: string;
  readonly hint: string;
}

/**
 * Whether `version` may follow the versions that there are ebuilds for. Without a list of releases the next one is a
 * step of one number by one, the first of its kind; with it, the next one of the list.
 */
export function refusal(
  version: string,
  present: readonly string[],
  released?: readonly string[],
): Refusal | undefined {
  if (present.includes(version))
    return {
      code: 'already-there',
      message: `there is an ebuild of ${version}`,
      hint: `for a change of the ebuild alone: ${nextRevision(version)}`,
    };
  const newest = present.toSorted(compareVersions).at(-1);
  const release = withoutRevision(version);
  if (released !== undefined && !released.includes(release))
    return {
      code: 'not-released',
      message: `${release} is not among the releases`,
      hint: `the newest is ${released.at(-1) ?? 'none'}`,
    };
  const revision = parseGentoo(version)?.revision ?? 0;
  if (revision > 0) return revisionRefusal(version, revision, present);
  if (newest === undefined) return undefined;
  if (compareVersions(version, newest) < 0)
    return {
      code: 'downgrade',
      message: `${version} is older than ${newest}, which is there`,
      hint: 'users would be moved back; to take a release back, remove its ebuild (rc-lxc ebuild prune)',
    };
  return released === undefined
    ? stepRefusal(release, withoutRevision(newest))
    : listRefusal(release, newest, released);
}

function nextRevision(version: string): string {
  return `${withoutRevision(version)}-r${(parseGentoo(version)?.revision ?? 0) + 1}`;
}

function revisionRefusal(version: string, revision: number, present: readonly string[]): Refusal | undefined {
  const release = withoutRevision(version);
  const same = present.filter((each) => withoutRevision(each) === release).toSorted(compareVersions);
  const last = same.at(-1);
  if (last === undefined)
    return {
      code: 'version-gap',
      message: `${version} is a revision of ${release}, which has no ebuild`,
      hint: `bump to ${release} first`,
    };
  const next = nextRevision(last);
  if (compareVersions(version, last) < 0)
    return {
      code: 'downgrade',
      message: `${version} is older than ${last}, which is there`,
      hint: `the next revision is ${next}`,
    };
  return version === next
    ? undefined
    : {
        code: 'version-gap',
        message: `${version} skips revisions after ${last}: ${revision} is not the next`,
        hint: `the next revision is ${next}`,
      };
}

function listRefusal(release: string, newest: string, released: readonly string[]): Refusal | undefined {
  const between = released.filter(
    (each) => compareVersions(each, withoutRevision(newest)) > 0 && compareVersions(each, release) < 0 && isFinal(each),
  );
  if (between.length === 0) return undefined;
  return {
    code: 'version-gap',
    message: `between ${newest} and ${release} there ${between.length === 1 ? 'is' : 'are'} ${between.join(', ')}`,
    hint: `bump to ${between[0] ?? ''} first, or say --skip`,
  };
}

/** Stages before a release need no ebuild once it is out. */
const isFinal = (version: string): boolean => !/_(?:alpha|beta|pre|rc)/u.test(version);

/** Of 1.2.3: 1.2.4, 1.3.0 and 2.0.0, their stages, and patches of 1.2.3. */
function stepRefusal(release: string, newest: string): Refusal | undefined {
  const [core, from] = [coreOf(release), coreOf(newest)];
  if (from === undefined || (core !== undefined && compareVersions(core, from) === 0)) return undefined;
  const [major = 0, minor = 0, patch = 0] = from.split('.').map(Number);
  const next = [`${major}.${minor}.${patch + 1}`, `${major}.${minor + 1}.0`, `${major + 1}.0.0`];
  if (core !== undefined && next.includes(core)) return undefined;
  return {
    code: 'version-gap',
    message: `${release} does not follow ${newest}`,
    hint: `next would be ${next.join(', ')} or a stage of these; where others were never released, say --skip, or name the list: --releases`,
  };
}

const coreOf = (version: string): string | undefined => /^\d+\.\d+\.\d+(?=_|$)/u.exec(version)?.[0];
