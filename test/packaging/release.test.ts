import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { checkout } from './support/portage.ts';
import { copyOfCheckout, run, withNode } from './support/tarball.ts';

let top = '';
const git = (...args: string[]): string =>
  run(
    ['git', '-c', 'user.name=test', '-c', 'user.email=test@rc-lxc.invalid', '-c', 'init.defaultBranch=main', ...args],
    { cwd: top },
  );

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'rc-lxc-release-test-'));
  copyOfCheckout(top);
  cpSync(join(checkout, 'ebuild'), join(top, 'ebuild'), { recursive: true });
  writeFileSync(join(top, '.gitignore'), 'node_modules\ndist\nrelease\n');
  writeFileSync(join(top, 'CHANGELOG.md'), '# Changes\n\n## 0.9.0, unreleased\n\n- Something.\n');
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'Before');
});
beforeEach(() => {
  git('checkout', '-q', '--', '.');
  git('clean', '-qfd');
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

function release(version: string): { said: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['build/release.ts', version], {
    cwd: top,
    encoding: 'utf8',
    env: { ...process.env, ...withNode(), SOURCE_DATE_EPOCH: '1798761600' },
  });
  return { said: stdout + stderr, status };
}

describe('make release', () => {
  it.each([
    ['', 'which version?'],
    ['next', 'no version in semver'],
    ['1.0', 'no version in semver'],
    ['0.0.1', 'is newer, and a release never goes back'],
    ['0.8.0', 'what is unreleased is called 0.9.0'],
  ])('refuses %j', (version, reason) => {
    const { said, status } = release(version);
    expect(said).toContain('nothing was changed');
    expect(said).toContain(reason);
    expect(status).toBe(1);
    expect(git('status', '--porcelain')).toBe('');
  });

  it('refuses when something is in no commit, or out of date', () => {
    appendFileSync(join(top, 'templates/ebuild/layout.ejs'), '# more\n');
    const { said } = release('0.9.0');
    expect(said).toContain('in no commit:  M templates/ebuild/layout.ejs');
    expect(said).toContain('templates.generated.ts is out of date');
  });

  it('puts everything back when a step fails', () => {
    // An overlay that cannot take the version: its ebuilds are far behind.
    const before = git('status', '--porcelain');
    const { said, status } = release('0.9.0');
    expect(said).toContain('error[version-gap]');
    expect(status).toBe(1);
    expect(git('status', '--porcelain')).toBe(before);
  });

  it('moves the version, the change log, the tarball, the ebuild and its Manifest together', () => {
    writeFileSync(join(top, 'CHANGELOG.md'), '# Changes\n\n## unreleased\n\n- Something.\n');
    git('commit', '-qam', 'Tell');
    const { said, status } = release('0.2.0');
    expect(said).toContain('0.2.0 is ready');
    expect(status).toBe(0);
    expect(readFileSync(join(top, 'CHANGELOG.md'), 'utf8')).toContain('## 0.2.0, 2027-01-01');
    for (const name of ['package.json', 'package-lock.json']) {
      expect(readFileSync(join(top, name), 'utf8')).toContain('"version": "0.2.0"');
      expect(git('diff', '--stat', name)).toMatch(/\| +[24] [+-]+$/mu);
    }
    expect(existsSync(join(top, 'ebuild/app-containers/rc-lxc/rc-lxc-0.2.0.ebuild'))).toBe(true);
    const manifest = readFileSync(join(top, 'ebuild/app-containers/rc-lxc/Manifest'), 'utf8');
    const sums = run(['sha512sum', 'release/rc-lxc-0.2.0.tar.gz'], { cwd: top }).split(' ')[0] ?? '';
    expect(manifest).toContain(sums);
    expect(run(['node', 'dist/main.mjs', '--version'], { cwd: top, env: withNode() })).toBe('0.2.0\n');
    git('commit', '-qam', 'Release');
    // Not by make, which would have npm look at the modules, and they are the checkout's.
    run(['node', 'build/compile.ts'], { cwd: top, env: withNode() });
    run(['sh', 'build/dist.sh'], { cwd: top, env: withNode() });
    expect(run(['sha512sum', 'release/rc-lxc-0.2.0.tar.gz'], { cwd: top })).toContain(sums);
    expect(release('0.2.0').said).toContain('it is released already');
  });
});
