import { gte, lt } from 'semver';

/**
 * An LXC version as LXC itself or a distribution writes it, in semver's form (`7.0.0`); undefined for anything else.
 * Revisions of distributions (`7.0.0-r1`, `1:5.0.2-1+deb12u4`) do not count, candidates (`6.0.0_rc1`) come before.
 */
export { parseVersion } from '../base/version.ts';

/** The oldest release that configs are written for. */
export const oldestSupported = '4.0.0';

/** The newest release whose keys are known: what is written for where no LXC is named or installed. */
export const newestSupported = '7.0.0';

/** The first release of which nothing is known. */
const unknownFrom = '8.0.0-0';

/** Whether a version (semver's form) is this release or a later one. */
export function isAtLeast(version: string, release: string): boolean {
  return gte(version, release);
}

/** Whether configs can be written for this version (semver's form). */
export function isSupported(version: string): boolean {
  return gte(version, oldestSupported) && lt(version, unknownFrom);
}
