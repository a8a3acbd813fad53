import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import metadata from '../../../package.json' with { type: 'json' };
import { copyOfCheckout, run, withNode } from './tarball.ts';

/** A repository of its own with the sources of this checkout, in which `version` is about to be released. */
export interface Repository {
  readonly top: string;
  git(...args: readonly string[]): string;
  /** `make release VERSION=`, on the first day of 2027. */
  release(version: string): { said: string; status: number | null };
}

export const { version } = metadata;

/** The same whether this checkout is a release itself, or comes before or after one. */
export function repositoryBeforeRelease(top: string): Repository {
  copyOfCheckout(top);
  const folder = join(top, 'ebuild/app-containers/rc-lxc');
  for (const name of readdirSync(folder))
    if (name === 'Manifest' || /^rc-lxc-(?!9999)/u.test(name)) rmSync(join(folder, name));
  writeFileSync(join(top, '.gitignore'), 'node_modules\n/dist/\n/release/\n');
  writeFileSync(join(top, 'CHANGELOG.md'), `# Changes\n\n## ${version}, unreleased\n\n- Something.\n`);
  const env = { ...withNode(), GIT_CONFIG_GLOBAL: '/dev/null', SOURCE_DATE_EPOCH: '1798761600' };
  run(['bin/rc-lxc', 'ebuild', 'update'], { cwd: top, env });
  const settings = ['user.name=test', 'user.email=test@rc-lxc.invalid', 'init.defaultBranch=main'];
  const git = (...args: readonly string[]): string =>
    run(['git', ...settings.flatMap((each) => ['-c', each]), ...args], { cwd: top, env });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'Before');
  return {
    top,
    git,
    release(next) {
      const { stdout, stderr, status } = spawnSync(process.execPath, ['build/release.ts', next], {
        cwd: top,
        encoding: 'utf8',
        env: { ...process.env, ...env },
      });
      return { said: stdout + stderr, status };
    },
  };
}

/** The same, with `version` released and committed. */
export function repositoryOfRelease(top: string): Repository {
  const repository = repositoryBeforeRelease(top);
  const { said, status } = repository.release(version);
  if (status !== 0) throw new Error(said);
  repository.git('commit', '-qm', 'Release');
  return repository;
}

/** Sets the version that the sources have, without a release. */
export function tell({ top, git }: Repository, heading: string): void {
  const path = join(top, 'CHANGELOG.md');
  const text = readFileSync(path, 'utf8').replace('# Changes\n', `# Changes\n\n## ${heading}\n\n- Something more.\n`);
  writeFileSync(path, text);
  git('commit', '-qam', 'Tell');
}
