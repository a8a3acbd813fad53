import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { repositoryBeforeRelease, tell, version } from './support/repository.ts';
import type { Repository } from './support/repository.ts';
import { run, withNode } from './support/tarball.ts';

const folder = 'ebuild/app-containers/rc-lxc';
const released = `${folder}/rc-lxc-${version}.ebuild`;
const tarball = `release/rc-lxc-${version}.tar.gz`;
const [major = 0, minor = 0] = version.split('.').map(Number);
const next = `${major}.${minor + 1}.0`;

let repository: Repository;
let top = '';
const read = (path: string): string => readFileSync(join(top, path), 'utf8');
const sumOf = (path: string): string => run(['sha512sum', path], { cwd: top }).split(' ')[0] ?? '';
const status = (): string => repository.git('status', '--porcelain');

/** What `build/release-check.ts` says: whether the overlay is right about the release. */
function checked(): { said: string; ok: boolean } {
  const env = { ...process.env, ...withNode(), GIT_CONFIG_GLOBAL: '/dev/null' };
  const {
    stdout,
    stderr,
    status: code,
  } = spawnSync(process.execPath, ['build/release-check.ts'], {
    cwd: top,
    encoding: 'utf8',
    env,
  });
  return { said: stdout + stderr, ok: code === 0 };
}

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'rc-lxc-release-test-'));
  repository = repositoryBeforeRelease(top);
});
beforeEach(() => {
  repository.git('reset', '-q', '--hard');
  repository.git('clean', '-qfd');
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

// In the order in which they happen in the life of a repository.
describe('before a release', () => {
  it('has no ebuild of it, and nothing to compare', () => {
    expect(checked()).toEqual({ said: expect.stringContaining('these sources are no release') as string, ok: true });
    writeFileSync(join(top, released), '');
    expect(checked().said).toContain(`${released} is there, and CHANGELOG.md says unreleased`);
  });

  it.each([
    ['', 'which version?'],
    ['next', 'no version in semver'],
    ['1.0', 'no version in semver'],
    ['0.0.0', 'is newer, and a release never goes back'],
    [next, `what is unreleased is called ${version}`],
  ])('refuses %j', (asked, reason) => {
    const { said, status: code } = repository.release(asked);
    expect(said).toContain('nothing was changed');
    expect(said).toContain(reason);
    expect(code).toBe(1);
    expect(status()).toBe('');
  });

  it('refuses when something is in no commit, or out of date', () => {
    appendFileSync(join(top, 'templates/ebuild/layout.ejs'), '# more\n');
    appendFileSync(join(top, 'docs/README.md'), 'By hand.\n');
    const { said } = repository.release(version);
    expect(said).toContain('in no commit:  M templates/ebuild/layout.ejs');
    expect(said).toContain('docs: out of date');
    expect(said).toContain('templates.generated.ts is out of date');
  });

  it('refuses when a package is bundled whose licence the ebuilds do not name', () => {
    const path = join(top, 'src/ebuild/licences.generated.ts');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^ .*Apache-2\.0.*\n/gmu, ''));
    repository.git('commit', '-qam', 'Forget a licence');
    const { said } = repository.release(version);
    repository.git('reset', '-q', '--hard', 'HEAD~');
    expect(said).toContain('src/ebuild/licences.generated.ts is out of date');
    expect(said).toContain('-LICENSE="Apache-2.0 BSD GPL-2 ISC MIT"');
  });

  it('packs what is no release under a name that no release has', () => {
    const made = run(['sh', '-ec', 'node build/compile.ts; sh build/dist.sh'], { cwd: top, env: withNode() });
    expect(made).toContain('/rc-lxc-9999.tar.gz\n');
  });
});

describe('a release', () => {
  it('moves the version, the change log, the tarball, the ebuild and its Manifest together', () => {
    const { said, status: code } = repository.release(version);
    expect(said).toContain(`${version} is ready`);
    expect(code).toBe(0);
    expect(read('CHANGELOG.md')).toContain(`## ${version}, 2027-01-01`);
    expect(run(['node', 'dist/main.mjs', '--version'], { cwd: top, env: withNode() })).toBe(`${version}\n`);
    expect(read(`${folder}/Manifest`)).toContain(sumOf(tarball));
    repository.git('commit', '-qm', 'Release');
    expect(status()).toBe('');
    expect(existsSync(join(top, released))).toBe(true);
    expect(repository.release(version).said).toContain('it is released already');
  });

  it('is made again from its commit: by somebody else, with files lying around, another day in the environment', () => {
    const clone = join(top, '../again');
    rmSync(clone, { recursive: true, force: true });
    repository.git('clone', '-q', '.', clone);
    run(['ln', '-s', join(top, 'node_modules'), join(clone, 'node_modules')]);
    run(['sh', '-c', 'echo x >src/notes.orig; mkdir build/old; echo x >examples/.swp'], { cwd: clone });
    const strange = { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'C.UTF-8', SOURCE_DATE_EPOCH: '1' };
    run(['sh', '-ec', 'umask 077; node build/compile.ts; sh build/dist.sh'], {
      cwd: clone,
      env: { ...withNode(), ...strange },
    });
    expect(read(`${folder}/Manifest`)).toContain(sumOf(join(clone, tarball)));
    rmSync(clone, { recursive: true });
  });

  it('is checked against its sums', () => {
    expect(checked()).toEqual({ said: expect.stringContaining('is made again as') as string, ok: true });
    const manifest = join(top, folder, 'Manifest');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/(?<= SHA512 )./u, 'f'));
    appendFileSync(join(top, 'test.md'), 'not packed\n');
    expect(checked()).toEqual({ said: expect.stringContaining('is not what') as string, ok: false });
    rmSync(manifest);
    expect(checked()).toEqual({ said: expect.stringContaining('has no ebuild or sums') as string, ok: false });
  });
});

describe('after a release', () => {
  it('sources move on, and are told from it', () => {
    appendFileSync(join(top, 'README.md'), '\nMore.\n');
    repository.git('commit', '-qam', 'Go on');
    expect(checked()).toEqual({ said: expect.stringContaining('have changed since') as string, ok: true });
    expect(run(['sh', 'build/dist.sh'], { cwd: top, env: withNode() })).toContain('/rc-lxc-9999.tar.gz\n');
    tell(repository, 'unreleased');
    expect(checked().said).toContain('these sources are no release');
  });

  it('what its ebuild says of it stays, whatever later sources need', () => {
    const before = read(released);
    const template = join(top, 'templates/ebuild/rc-lxc.ejs');
    writeFileSync(template, readFileSync(template, 'utf8').replace('sys-apps/iproute2', 'sys-apps/iproute3'));
    run(['node', 'build/templates.ts'], { cwd: top, env: withNode() });
    const ebuild = (...args: readonly string[]): string =>
      run(['bin/rc-lxc', 'ebuild', ...args], { cwd: top, env: withNode() });
    expect(() => ebuild('check', '--no-tools')).toThrow(`outdated  app-containers/rc-lxc/rc-lxc-9999.ebuild`);
    expect(ebuild('update')).toBe('written   app-containers/rc-lxc/rc-lxc-9999.ebuild\n');
    expect(ebuild('check', '--no-tools')).toContain('up to date');
    expect(read(released)).toBe(before);
    appendFileSync(join(top, released), '# mine\n');
    expect(ebuild('check', '--no-tools')).toContain(`edited    app-containers/rc-lxc/rc-lxc-${version}.ebuild`);
  });

  it('the next one puts everything back when a step fails', () => {
    // An overlay that cannot take the version: its ebuilds are far behind.
    tell(repository, '9.9.0, unreleased');
    const { said, status: code } = repository.release('9.9.0');
    repository.git('reset', '-q', '--hard', 'HEAD~');
    expect(said).toContain('error[version-gap]');
    expect(code).toBe(1);
    expect(status()).toBe('');
  });

  it('the next one leaves this one as it is', () => {
    const before = [read(released), read(`${folder}/Manifest`)];
    const { said } = repository.release(next);
    expect(said).toContain(`${next} is ready`);
    for (const name of ['package.json', 'package-lock.json']) {
      expect(read(name)).toContain(`"version": "${next}"`);
      expect(repository.git('diff', '--cached', '--stat', name)).toMatch(/\| +[24] [+-]+$/mu);
    }
    repository.git('commit', '-qm', 'Release the next');
    expect(status()).toBe('');
    expect(read(released)).toBe(before[0]);
    expect(read(`${folder}/Manifest`)).toContain(before[1]);
    expect(checked().said).toContain(`rc-lxc-${next}.tar.gz is made again`);
  });
});
