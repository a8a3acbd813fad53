import type { SectionKind } from './kinds.ts';
import { containerSection } from './sections/container.ts';
import { expectSection } from './sections/expect.ts';
import { hostSection } from './sections/host.ts';
import { networkSection } from './sections/network.ts';
import { nicSection } from './sections/nic.ts';
import { profileSection } from './sections/profile.ts';
import type { KeySpec, SectionSpec } from './types.ts';

const byKind: Readonly<Record<SectionKind, SectionSpec>> = {
  host: hostSection,
  network: networkSection,
  profile: profileSection,
  container: containerSection,
  nic: nicSection,
  expect: expectSection,
};

/** Every kind of section, in the order the manual lists them. */
export const sections: readonly SectionSpec[] = Object.values(byKind);

interface Index {
  readonly exact: ReadonlyMap<string, KeySpec>;
  readonly prefixes: ReadonlyMap<string, KeySpec>;
}

function indexOf(section: SectionSpec): Index {
  const entries = (prefix: boolean): [string, KeySpec][] =>
    section.keys.filter((key) => (key.prefix ?? false) === prefix).map((key) => [key.name, key]);
  return { exact: new Map(entries(false)), prefixes: new Map(entries(true)) };
}

const indices = new Map<string, Index>(sections.map((section) => [section.kind, indexOf(section)]));

export function isSectionKind(kind: string): kind is SectionKind {
  return indices.has(kind);
}

export function sectionSpec(kind: SectionKind): SectionSpec {
  return byKind[kind];
}

/**
 * The declaration of a key as it stands in a file: `memory`, or for a prefix `sysctl.net.core.somaxconn`.
 * Undefined when the kind of section has no such key; what follows the dot of a prefix is not judged here.
 */
export function keySpec(kind: SectionKind, key: string): KeySpec | undefined {
  const index = indices.get(kind);
  const exact = index?.exact.get(key);
  if (exact !== undefined) return exact;
  const dot = key.indexOf('.');
  return dot === -1 ? undefined : index?.prefixes.get(key.slice(0, dot));
}

/** How a key is written in the manual: `memory`, `sysctl.NAME`. */
export function keyLabel(key: KeySpec): string {
  return key.prefix === true ? `${key.name}.NAME` : key.name;
}
