/**
 * Makes a release: `node build/release.ts VERSION`. The version in package.json and its lockfile, the change log's day,
 * the documentation, the tarball, the ebuild and its Manifest move together, or none of them does. They are staged for a
 * commit; to commit and to tag is for a person.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execaSync } from 'execa';

import { changelog, unreleased } from './changelog.ts';
import { compareVersions, toGentoo, toSemver } from '../src/ebuild/versions.ts';

const root = join(import.meta.dirname, '..');
const moving = ['package.json', 'package-lock.json', 'CHANGELOG.md', 'docs', 'ebuild'];

/** Why there can be no release now; each is told. */
class Refusal extends Error {
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(reasons.join('\n'));
    this.reasons = reasons;
  }
}

interface Ran {
  readonly ok: boolean;
  readonly said: string;
}

function run(program: string, ...args: readonly string[]): Ran {
  const { exitCode, all } = execaSync(program, args, { cwd: root, reject: false, all: true });
  return { ok: exitCode === 0, said: all };
}

function must(program: string, ...args: readonly string[]): string {
  const { ok, said } = run(program, ...args);
  if (!ok) throw new Refusal([`${[program, ...args].join(' ')} failed:\n${said}`]);
  return said;
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const rcLxc = join(root, 'bin/rc-lxc');
const node = process.execPath;

function reasonsAgainst(version: string): readonly string[] {
  const gentoo = toGentoo(version);
  if (gentoo === undefined || toSemver(gentoo) !== version)
    return [`VERSION=${version}: no version in semver's form that Gentoo can express, as 1.2.0 or 1.2.0-rc.1`];
  return [...versionReasons(version, gentoo), ...changeReasons(version), ...staleReasons()];
}

function versionReasons(version: string, gentoo: string): readonly string[] {
  const { version: present } = JSON.parse(read('package.json')) as { readonly version: string };
  const order = compareVersions(gentoo, toGentoo(present) ?? '0');
  if (order < 0) return [`VERSION=${version}: ${present} is newer, and a release never goes back`];
  const isOpen = unreleased.exec(changelog())?.groups?.['version'] === version;
  return order === 0 && !isOpen ? [`VERSION=${version}: it is released already; CHANGELOG.md says so`] : [];
}

/** What has changed must be told, under a heading of this version or of none. */
function changeReasons(version: string): readonly string[] {
  const log = changelog();
  const heading = unreleased.exec(log);
  if (heading === null) return [`CHANGELOG.md: no heading '## ${version}, unreleased'`];
  const named = heading.groups?.['version'];
  if (named !== undefined && named !== version)
    return [`CHANGELOG.md: what is unreleased is called ${named}, not ${version}`];
  const entries = log.slice(heading.index + heading[0].length).split(/^## /mu)[0] ?? '';
  return /^- \S/mu.test(entries) ? [] : ['CHANGELOG.md: nothing is told below the heading'];
}

/** Generated things that are not what their sources give, and changes that are in no commit. */
function staleReasons(): readonly string[] {
  const status = run('git', 'status', '--porcelain');
  const dirty = status.ok
    ? status.said.split('\n').filter((line) => line !== '')
    : [`git cannot be asked: ${status.said}`];
  const checks = [
    run(node, 'build/templates.ts', '--check'),
    run(node, 'build/licences.ts', '--check'),
    run(rcLxc, 'ebuild', 'check', '--no-tools'),
    run(rcLxc, 'docs', 'check'),
  ];
  return [
    ...dirty.map((line) => `in no commit: ${line}`),
    ...checks.filter(({ ok }) => !ok).map(({ said }) => said.trimEnd()),
  ];
}

function setVersion(version: string): void {
  const manifest = JSON.parse(read('package.json')) as object;
  writeFileSync(join(root, 'package.json'), `${JSON.stringify({ ...manifest, version }, undefined, 2)}\n`);
  const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, object>> };
  const packages = { ...lock.packages, '': { ...lock.packages[''], version } };
  writeFileSync(join(root, 'package-lock.json'), `${JSON.stringify({ ...lock, version, packages }, undefined, 2)}\n`);
}

/** The day in UTC; what SOURCE_DATE_EPOCH says, where it is set. */
function today(): string {
  const epoch = process.env['SOURCE_DATE_EPOCH'];
  const time = epoch === undefined ? Date.now() : Number(epoch) * 1000;
  return new Date(time).toISOString().slice(0, 10);
}

function release(version: string): void {
  setVersion(version);
  writeFileSync(join(root, 'CHANGELOG.md'), changelog().replace(unreleased, `## ${version}, ${today()}`));
  // Pages may name the version.
  must(rcLxc, 'docs', 'update');
  must(node, 'build/compile.ts');
  must('sh', 'build/dist.sh');
  const gentoo = toGentoo(version) ?? '';
  const options = ['--overlay', join(root, 'ebuild'), '--distdir', process.env['RELEASE_DIR'] ?? join(root, 'release')];
  must(rcLxc, 'ebuild', 'bump', gentoo, ...options);
  must(rcLxc, 'ebuild', 'check', '--no-tools', '--overlay', join(root, 'ebuild'));
  // Files that are new are no part of `git commit -a`.
  must('git', 'add', '--all', '--', ...moving);
}

/** What moves, as it was: put back when anything fails. */
function guarded(work: () => void): void {
  const kept = mkdtempSync(join(tmpdir(), 'rc-lxc-release-'));
  try {
    for (const path of moving) cpSync(join(root, path), join(kept, path), { recursive: true });
    try {
      work();
    } catch (error) {
      for (const path of moving) {
        rmSync(join(root, path), { recursive: true });
        cpSync(join(kept, path), join(root, path), { recursive: true });
      }
      throw error;
    }
  } finally {
    rmSync(kept, { recursive: true, force: true });
  }
}

// Who interrupts it interrupts the program that it runs, which fails, and everything is put back.
for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM']) process.on(signal, () => undefined);

const version = process.argv[2] ?? '';
try {
  const reasons = version === '' ? ['which version? make release VERSION=1.2.0'] : reasonsAgainst(version);
  if (reasons.length > 0) throw new Refusal(reasons);
  guarded(() => release(version));
  process.stdout.write(
    `${version} is ready: release/rc-lxc-${version}.tar.gz, and its ebuild.\n` +
      `Look at what is staged, then: git commit -m 'Release ${version}' && git tag v${version}\n`,
  );
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`no release; nothing was changed:\n${error.reasons.map((each) => `- ${each}\n`).join('')}`);
  process.exitCode = 1;
}
