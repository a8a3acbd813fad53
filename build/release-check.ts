/**
 * Whether what the overlay records of a release is what these sources make: `node build/release-check.ts`. A release is
 * made again and compared; sources that have changed since, or are not released yet, have nothing to be compared with.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execaSync } from 'execa';

import metadata from '../package.json' with { type: 'json' };
import { parseManifest, sameSums } from '../src/ebuild/manifest.ts';
import { ebuildPath, manifestPath } from '../src/ebuild/overlay.ts';
import { toGentoo } from '../src/ebuild/versions.ts';
import { sums } from '../src/host/distfiles.ts';
import { changelog, releaseDay } from './changelog.ts';

const root = join(import.meta.dirname, '..');
const { version } = metadata;
const ebuild = join('ebuild', ebuildPath('rc-lxc', toGentoo(version) ?? ''));
const manifest = join('ebuild', manifestPath('rc-lxc'));
const tarball = `rc-lxc-${version}.tar.gz`;

interface Verdict {
  readonly ok: boolean;
  readonly said: string;
}

const there = (path: string): boolean => existsSync(join(root, path));

async function verdict(): Promise<Verdict> {
  const day = releaseDay();
  if (day !== undefined) return releaseVerdict(day);
  const isReleased = changelog()
    .split('\n')
    .some((line) => line.startsWith(`## ${version}, `) && !line.endsWith('unreleased'));
  if (!isReleased && there(ebuild)) return { ok: false, said: `${ebuild} is there, and CHANGELOG.md says unreleased` };
  return { ok: true, said: 'these sources are no release: there is nothing to compare' };
}

async function releaseVerdict(day: string): Promise<Verdict> {
  const recorded = there(manifest) ? parseManifest(readFileSync(join(root, manifest), 'utf8'), manifest) : new Map();
  const sumsOfRelease = recorded.get(tarball);
  if (!there(ebuild) || sumsOfRelease === undefined)
    return {
      ok: false,
      said: `CHANGELOG.md says that ${version} is released, and the overlay has no ebuild or sums of it`,
    };
  const made = await sumsMade();
  if (made !== undefined && sameSums(made, sumsOfRelease))
    return { ok: true, said: `${tarball} is made again as ${manifest} records it` };
  const since = changedSince(day);
  if (since !== undefined) return { ok: true, said: since };
  return { ok: false, said: `${tarball}: what these sources make is not what ${manifest} records` };
}

async function sumsMade(): ReturnType<typeof sums> {
  const folder = mkdtempSync(join(tmpdir(), 'rc-lxc-release-check-'));
  try {
    execaSync(process.execPath, ['build/compile.ts'], { cwd: root });
    execaSync('sh', ['build/dist.sh'], { cwd: root, env: { RELEASE_DIR: folder } });
    return await sums(join(folder, tarball));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Why a tarball may differ from the one that was released; undefined where it may not. */
function changedSince(day: string): string | undefined {
  const git = (...args: readonly string[]): { exitCode?: number | undefined; stdout: string } =>
    execaSync('git', args, { cwd: root, reject: false });
  const shallow = git('rev-parse', '--is-shallow-repository');
  if (shallow.stdout !== 'false') return `skipped: without the history, what ${version} was made from is not known`;
  const { stdout: commit } = git('log', '-1', '--format=%H', `-S## ${version}, ${day}`, '--', 'CHANGELOG.md');
  if (commit === '') return undefined;
  const { stdout: sources } = execaSync('sh', ['build/dist.sh', '--sources'], { cwd: root });
  if (git('diff', '--quiet', commit, '--', ...sources.split('\n')).exitCode === 0) return undefined;
  return `the sources have changed since ${version}: tell of it below a heading '## unreleased' in CHANGELOG.md`;
}

const { ok, said } = await verdict();
(ok ? process.stdout : process.stderr).write(`${said}\n`);
if (!ok) process.exitCode = 1;
