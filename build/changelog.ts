/**
 * What the change log says of the version in package.json. By itself it prints what a tarball of these sources is called
 * after: the version of a release, or 9999, as Gentoo calls what is not released.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import metadata from '../package.json' with { type: 'json' };

/** The heading of what is not released yet: `## 1.2.0, unreleased`, or `## unreleased`. */
export const unreleased = /^## (?:(?<version>\S+), )?unreleased$/imu;

export function changelog(): string {
  return readFileSync(join(import.meta.dirname, '../CHANGELOG.md'), 'utf8');
}

/** The day of the release that these sources are, as 2026-11-26; undefined while there is more to release than that. */
export function releaseDay(): string | undefined {
  const newest = changelog()
    .split('\n')
    .find((line) => line.startsWith('## '));
  const start = `## ${metadata.version}, `;
  return newest?.startsWith(start) === true ? /^\d{4}-\d{2}-\d{2}$/u.exec(newest.slice(start.length))?.[0] : undefined;
}

if (import.meta.main) process.stdout.write(`${releaseDay() === undefined ? '9999' : metadata.version}\n`);
