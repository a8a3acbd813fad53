import type { Place, Problem } from '../base/errors.ts';
import { isSectionKind } from '../schema/index.ts';
import type { SectionKind } from '../schema/kinds.ts';
import type { ParsedConfig } from '../source/types.ts';
import { SectionValues } from './values.ts';

/** The sections of a description with their values typed. */
export interface Description {
  /** The main file, as the user named it. */
  readonly source: string;
  /** [host], or an empty one where none is written. */
  readonly host: SectionValues;
  readonly networks: readonly SectionValues[];
  readonly profiles: ReadonlyMap<string, SectionValues>;
  readonly containers: readonly SectionValues[];
  readonly nics: readonly SectionValues[];
  readonly expects: readonly SectionValues[];
  /** The same by name: `web1:eth1`. */
  readonly nicSections: ReadonlyMap<string, SectionValues>;
  /** What is wrong with single values. */
  readonly problems: readonly Problem[];
  /** Where a key's value stands; the section when the key is not written. */
  readonly place: (kind: SectionKind, name: string, key: string) => Place;
}

export function describe(parsed: ParsedConfig): Description {
  const problems: Problem[] = [];
  const byTitle = new Map<string, SectionValues>();
  const ofKind = new Map<SectionKind, SectionValues[]>();
  for (const section of parsed.sections) {
    const { kind } = section;
    if (!isSectionKind(kind)) continue;
    const values = new SectionValues(kind, section, problems);
    byTitle.set(title(kind, section.name), values);
    const others = ofKind.get(kind);
    if (others === undefined) ofKind.set(kind, [values]);
    else others.push(values);
  }
  const source = parsed.files[0] ?? 'host.ini';
  const nowhere = { name: '', where: { file: source, line: 1 }, entries: new Map() };
  const host = ofKind.get('host')?.[0] ?? new SectionValues('host', nowhere, problems);
  const profiles = new Map((ofKind.get('profile') ?? []).map((profile) => [profile.name, profile]));
  const containers = ofKind.get('container') ?? [];
  const nics = ofKind.get('nic') ?? [];
  for (const container of containers) container.useProfile(profiles.get(container.get('use', 'reference') ?? ''));
  return {
    source,
    host,
    networks: ofKind.get('network') ?? [],
    profiles,
    containers,
    nics,
    expects: ofKind.get('expect') ?? [],
    nicSections: new Map(nics.map((nic) => [nic.name, nic])),
    problems,
    place: (kind, name, key) => (byTitle.get(title(kind, name)) ?? host).place(key),
  };
}

function title(kind: SectionKind, name: string): string {
  return `${kind} ${name}`;
}
