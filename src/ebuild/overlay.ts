import { quoteEbuild } from '../base/quote/index.ts';
import { renderer } from '../outputs/render.ts';
import { category, live, packages } from './packages.ts';
import type { OverlayPackage } from './packages.ts';
import { compareVersions, parseGentoo } from './versions.ts';

/** The versions that there are ebuilds for, by the package's name, oldest first; the live one is the last. */
export type Versions = ReadonlyMap<string, readonly string[]>;

/** GLEP 42: the day it is about is part of its name. */
const news = '2026-11-26-lxc-services';

const layout = renderer('ebuild/layout', quoteEbuild);
const newsItem = renderer('ebuild/news', (value) => value);

/** Where an overlay says which of its files are as they were generated: a line `SHA256  PATH` each. */
export const recordPath = 'metadata/rc-lxc.sha256';

/**
 * Everything that is generated in an overlay with these ebuilds, by path below its top. Manifests are not: what they
 * hold comes from files that are fetched.
 */
export function overlayFiles(versions: Versions): ReadonlyMap<string, string> {
  return new Map([
    ['metadata/layout.conf', layout({})],
    [`metadata/news/${news}/${news}.en.txt`, newsItem({ posted: news.slice(0, 10) })],
    ['profiles/repo_name', 'rc-lxc\n'],
    ...packages.flatMap((each) => packageFiles(each, versions.get(each.name) ?? [])),
  ]);
}

function packageFiles(of: OverlayPackage, versions: readonly string[]): readonly (readonly [string, string])[] {
  return [
    ...versions.map((version) => [ebuildPath(of.name, version), of.ebuild(version)] as const),
    ...[...of.files()].map(([path, text]) => [`${folderOf(of.name)}/${path}`, text] as const),
  ];
}

export const folderOf = (name: string): string => `${category}/${name}`;

export const manifestPath = (name: string): string => `${folderOf(name)}/Manifest`;

export const ebuildPath = (name: string, version: string): string => `${folderOf(name)}/${name}-${version}.ebuild`;

/**
 * Whether an ebuild is written once, when its version is added: what ebuilds of rc-lxc say, as licences and options of the
 * kernel, is what this rc-lxc knows of itself, and a release that is out knows what it did then.
 */
export function isWrittenOnce(path: string): boolean {
  return path.startsWith(`${folderOf('rc-lxc')}/`) && path.endsWith('.ebuild') && path !== ebuildPath('rc-lxc', live);
}

/** The versions that names of files in a package's folder stand for, oldest first. */
export function versionsIn(name: string, files: readonly string[]): readonly string[] {
  const start = `${name}-`;
  return files
    .filter((file) => file.startsWith(start) && file.endsWith('.ebuild'))
    .map((file) => file.slice(start.length, -'.ebuild'.length))
    .filter((version) => parseGentoo(version) !== undefined)
    .toSorted(compareVersions);
}

/** Without the live one. */
export function releasesOf(versions: Versions, name: string): readonly string[] {
  return (versions.get(name) ?? []).filter((version) => version !== live);
}

/** What the file of records says, by path. Lines that say nothing are left out: such a file counts as edited. */
export function parseRecord(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const [, sum = '', path = ''] = /^([0-9a-f]{64}) {2}(\S+)$/u.exec(line) ?? [];
      return path === '' ? [] : [[path, sum] as const];
    }),
  );
}

export function formatRecord(record: ReadonlyMap<string, string>): string {
  return [...record]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, sum]) => `${sum}  ${path}\n`)
    .join('');
}
