/**
 * The time that everything built has, in seconds: midnight (UTC) of the day that the change log gives the release, whatever
 * the environment says, for its sums are recorded; before a release SOURCE_DATE_EPOCH, else one that is the same everywhere.
 * The time of a commit would not do: the commit that records a release's sums would change them.
 */
import { releaseDay } from './changelog.ts';

/** 1980-01-01: what old archives cannot go below. */
const earliest = 315_532_800;

export function epoch(): number {
  const day = releaseDay();
  if (day !== undefined) return Date.parse(`${day}T00:00:00Z`) / 1000;
  const given = process.env['SOURCE_DATE_EPOCH'];
  return given !== undefined && /^\d+$/u.test(given) ? Number(given) : earliest;
}

if (import.meta.main) process.stdout.write(`${epoch()}\n`);
