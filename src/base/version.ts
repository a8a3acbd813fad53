import { SemVer } from 'semver';

/** EPOCH:X.Y.Z_rcN-REVISION, with the parts that Gentoo, Alpine and Debian add; the release itself is what counts. */
const form =
  /^(?:\d+:)?(?<major>\d+)\.(?<minor>\d+)(?:\.(?<patch>\d+))?(?:[_~](?<stage>alpha|beta|pre|rc)(?<number>\d*)|_p\d+)?(?:-r?\d[\w.+~]*)?$/u;

/**
 * A version as upstream or a distribution writes it, in semver's form: `7.0` → `7.0.0`, `7.0.0-r1` → `7.0.0`,
 * `6.0.0_rc1` → `6.0.0-rc.1`, `4.0.12_p3` → `4.0.12`, `1:5.0.2-1+deb12u4` → `5.0.2`. Undefined for anything else.
 */
export function parseVersion(text: string): string | undefined {
  const parts = form.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { major, minor, patch = '0', stage, number } = parts;
  const before = stage === undefined ? '' : `-${stage}.${Number(number ?? '') || 0}`;
  const numbers = [major, minor, patch].map(Number);
  return numbers.every(Number.isSafeInteger) ? new SemVer(numbers.join('.') + before).version : undefined;
}
