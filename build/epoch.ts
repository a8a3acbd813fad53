/**
 * The time that everything built has, in seconds: of SOURCE_DATE_EPOCH, else midnight (UTC) of the day that the change log
 * gives this version, else, while it is unreleased, one that is the same everywhere. The time of a commit would not do: the
 * commit that records a release's sums would change them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import metadata from '../package.json' with { type: 'json' };

/** 1980-01-01: what old archives cannot go below. */
const earliest = 315_532_800;

export function epoch(): number {
  const given = process.env['SOURCE_DATE_EPOCH'];
  if (given !== undefined && /^\d+$/u.test(given)) return Number(given);
  const log = readFileSync(join(import.meta.dirname, '../CHANGELOG.md'), 'utf8');
  const heading = log.split('\n').find((line) => line.startsWith(`## ${metadata.version}, `)) ?? '';
  const day = /\d{4}-\d{2}-\d{2}$/u.exec(heading)?.[0];
  return day === undefined ? earliest : Date.parse(`${day}T00:00:00Z`) / 1000;
}

if (import.meta.main) process.stdout.write(`${epoch()}\n`);
