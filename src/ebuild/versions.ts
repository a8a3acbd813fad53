import { parse as parseSemver } from 'semver';

/** What PMS calls a version (PMS 3.2), taken apart; `-r1` is the revision of the ebuild, not of what it builds. */
export interface GentooVersion {
  readonly numbers: readonly string[];
  readonly letter: string;
  readonly suffixes: readonly { readonly kind: string; readonly number: string }[];
  readonly revision: number;
}

const form =
  /^(?<numbers>\d+(?:\.\d+)*)(?<letter>[a-z]?)(?<suffixes>(?:_(?:alpha|beta|pre|rc|p)\d*)*)(?:-r(?<revision>\d+))?$/u;

/** `1.2.0_rc1-r2` in parts; undefined for what is no version of Gentoo's. */
export function parseGentoo(text: string): GentooVersion | undefined {
  const parts = form.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const suffixes = [...(parts['suffixes'] ?? '').matchAll(/_([a-z]+)(\d*)/gu)];
  return {
    numbers: (parts['numbers'] ?? '').split('.'),
    letter: parts['letter'] ?? '',
    suffixes: suffixes.map(([, kind = '', number = '']) => ({ kind, number })),
    revision: Number(parts['revision'] ?? 0),
  };
}

/**
 * What a person writes for a version, as Gentoo writes it: Gentoo's own form stays, and of semver `1.2.0-rc.1` becomes
 * `1.2.0_rc1` and `1.2.0+p.3` `1.2.0_p3`; a leading v is dropped. Undefined for what Gentoo has no way to order.
 */
export function toGentoo(text: string): string | undefined {
  const bare = text.replace(/^v(?=\d)/u, '');
  if (parseGentoo(bare) !== undefined) return bare;
  // The parser forgives blanks around a version.
  const version = /\s/u.test(bare) ? null : parseSemver(bare);
  if (version === null) return undefined;
  const before = /^(?:(?<kind>alpha|beta|pre|rc)\.?(?<number>\d*))?$/u.exec(version.prerelease.join('.'))?.groups;
  const after = /^(?:p?\.?(?<number>\d+))?$/u.exec(version.build.join('.'))?.groups;
  if (before === undefined || after === undefined) return undefined;
  const { major, minor, patch } = version;
  const stage = before['kind'] === undefined ? '' : `_${before['kind']}${before['number'] ?? ''}`;
  const later = after['number'] === undefined ? '' : `_p${after['number']}`;
  return `${major}.${minor}.${patch}${stage}${later}`;
}

/** The other way, for versions of three numbers: `1.2.0_rc1-r2` → `1.2.0-rc.1`. Undefined where semver has no form for it. */
export function toSemver(version: string): string | undefined {
  const parts =
    /^(?<core>\d+\.\d+\.\d+)(?:_(?<kind>alpha|beta|pre|rc)(?<number>\d*))?(?:_p(?<later>\d+))?(?:-r\d+)?$/u.exec(
      version,
    )?.groups;
  if (parts === undefined) return undefined;
  const number = parts['number'] === undefined || parts['number'] === '' ? '' : `.${BigInt(parts['number'])}`;
  const stage = parts['kind'] === undefined ? '' : `-${parts['kind']}${number}`;
  return parseSemver(`${parts['core'] ?? ''}${stage}`) === null
    ? undefined
    : `${parts['core'] ?? ''}${stage}${parts['later'] === undefined ? '' : `+p.${parts['later']}`}`;
}

/** Without the revision of the ebuild: `6.0.2-r1` → `6.0.2`. */
export function withoutRevision(version: string): string {
  return version.replace(/-r\d+$/u, '');
}

/** Negative, 0 or positive as PMS 3.3 orders two versions. Both must be versions. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [parsed(one), parsed(other)];
  return (
    compareNumbers(a.numbers, b.numbers) ||
    compareText(a.letter, b.letter) ||
    compareSuffixes(a.suffixes, b.suffixes) ||
    a.revision - b.revision
  );
}

function parsed(text: string): GentooVersion {
  const version = parseGentoo(text);
  if (version === undefined) throw new Error(`not a version: ${text}`);
  return version;
}

const compareText = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

function compareIntegers(one: string, other: string): number {
  const difference = BigInt(one === '' ? 0 : one) - BigInt(other === '' ? 0 : other);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

function compareNumbers(one: readonly string[], other: readonly string[]): number {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const [a = '', b = ''] = [one[at], other[at]];
    const asFraction = at > 0 && (a.startsWith('0') || b.startsWith('0'));
    const order = asFraction ? compareText(a.replace(/0+$/u, ''), b.replace(/0+$/u, '')) : compareIntegers(a, b);
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

/** `''`: the version ends here, which is after every stage before a release and before every patch. */
const kinds = ['alpha', 'beta', 'pre', 'rc', '', 'p'];

function compareSuffixes(one: GentooVersion['suffixes'], other: GentooVersion['suffixes']): number {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const [a, b] = [one[at], other[at]];
    const order = kinds.indexOf(a?.kind ?? '') - kinds.indexOf(b?.kind ?? '');
    if (order !== 0) return order;
    const numbers = compareIntegers(a?.number ?? '', b?.number ?? '');
    if (numbers !== 0) return numbers;
  }
  return 0;
}
