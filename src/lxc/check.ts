import { lt } from 'semver';

import { nearest } from '../base/nearest.ts';
import type { LxcKey } from './keys.ts';
import { lxcKeys } from './keys.ts';
import { cgroup2Names, lastWithLegacyKeys, legacyKeys, legacyPrefixes, sameInCgroup2 } from './legacy.ts';

/** Why an LXC does not take a key. */
export interface LxcKeyProblem {
  /** `unknown` to every LXC; `legacy`: gone before 3.0; `later`: this LXC is too old; `gone`: it is too new. */
  readonly kind: 'unknown' | 'legacy' | 'later' | 'gone';
  /** The first release that has it. */
  readonly since?: string;
  /** The first release without it; for a legacy key, the last release with it. */
  readonly until?: string;
  /** The key to write instead, with the same names and numbers in it. */
  readonly replacement?: string;
  /** A key that exists and is spelt much alike. */
  readonly nearest?: string;
}

const byName = new Map(lxcKeys.map((key) => [key.name, key]));
const rest = '[…]';
const withRest = lxcKeys
  .filter(({ name }) => name.endsWith(rest))
  .toSorted((one, other) => other.name.length - one.name.length);

/** The number of a network, as far as liblxc takes one. */
const networkNumber = /^(lxc\.net\.)(\d{1,9})(?=\.|$)/u;

function findKey(key: string): LxcKey | undefined {
  const numberless = key.replace(networkNumber, '$1[i]');
  const exact = byName.get(numberless);
  if (exact !== undefined || key.endsWith('.')) return exact;
  return withRest.find(({ name }) => key.startsWith(name.slice(0, -rest.length)));
}

/**
 * Why the LXC of this version (semver's form) does not take the key; undefined when it does. One such key makes LXC
 * refuse the whole config.
 */
export function lxcKeyProblem(key: string, version: string): LxcKeyProblem | undefined {
  const found = findKey(key);
  if (found === undefined) return legacyProblem(key) ?? unknownProblem(key);
  const { since, goneIn } = found;
  if (since !== undefined && lt(version, since)) return { kind: 'later', since };
  // A candidate of the release that drops it has dropped it already.
  if (goneIn === undefined || lt(version, `${goneIn}-0`)) return undefined;
  return { kind: 'gone', until: goneIn, ...cgroup2Key(key) };
}

/** `lxc.cgroup.X` is the only kind of key that went: the setting of cgroup v2 that does the like. */
function cgroup2Key(key: string): { replacement?: string } {
  const setting = key.slice('lxc.cgroup.'.length);
  const same = sameInCgroup2.some((controller) => setting.startsWith(`${controller}.`));
  const name = cgroup2Names.get(setting) ?? (same ? setting : undefined);
  return name === undefined ? {} : { replacement: `lxc.cgroup2.${name}` };
}

function legacyProblem(key: string): LxcKeyProblem | undefined {
  const [, number = '0', tail] = /^lxc\.network\.(\d{1,9})\.(.+)$/u.exec(key) ?? [];
  const name = tail === undefined ? key : `lxc.network.${tail}`;
  const [old = '', now] = legacyPrefixes.find(([begin]) => name.startsWith(begin)) ?? [];
  const found = legacyKeys.get(name) ?? (now === undefined ? undefined : now + name.slice(old.length));
  if (found === undefined) return undefined;
  return {
    kind: 'legacy',
    until: lastWithLegacyKeys,
    ...(found === '' ? {} : { replacement: found.replace('[i]', number) }),
  };
}

function unknownProblem(key: string): LxcKeyProblem {
  const number = networkNumber.exec(key)?.[2] ?? '0';
  const known = lxcKeys.map(({ name }) => name.replace('[i]', number)).filter((name) => !name.endsWith(rest));
  const near = nearest(key, known);
  return near === undefined ? { kind: 'unknown' } : { kind: 'unknown', nearest: near };
}

/**
 * What a value of a known key must be instead, as far as that is told without LXC; undefined when nothing is wrong,
 * and for keys that LXC does not have.
 */
export function lxcValueProblem(key: string, value: string): string | undefined {
  return findKey(key)?.value(value);
}
