import { gte, lt } from 'semver';

import { parseVersion } from '../base/version.ts';

/** The releases that configs are written for; `tooNew` is the first one that is not known. */
export const lxcReleases = { oldest: '4.0.0', tooNew: '8.0.0-0' } as const;

/**
 * An LXC version as LXC or a distribution writes it, in semver's form (`7.0.0`); undefined for anything else.
 * Revisions of distributions (`7.0.0-r1`, `1:5.0.2-1+deb12u4`) do not count, candidates (`6.0.0_rc1`) come before.
 */
export function parseLxcVersion(text: string): string | undefined {
  return parseVersion(text.trim());
}

/** Whether configs can be written for this version (in semver's form). */
export function isSupportedLxc(version: string): boolean {
  return gte(version, lxcReleases.oldest) && lt(version, lxcReleases.tooNew);
}
