import { problem } from '../base/errors.ts';
import type { Place, Problem } from '../base/errors.ts';
import { keySpec, sectionSpec } from '../schema/index.ts';
import { sectionKinds } from '../schema/kinds.ts';
import type { SectionKind } from '../schema/kinds.ts';
import type { KeySpec, ValueType } from '../schema/types.ts';
import { parseValue } from '../schema/values/index.ts';
import type { ValueOf } from '../schema/values/index.ts';
import { placeInValue } from '../source/place.ts';
import type { Entry, Section } from '../source/types.ts';

interface Typed {
  readonly entry: Entry;
  readonly spec: KeySpec;
  /** Undefined when the text is no value; that was reported. */
  readonly value: unknown;
}

/** What the schema declares of a key, with the default as a value. */
interface Declared {
  readonly type: ValueType;
  readonly value: unknown;
}

const declarations = new Map(
  sectionKinds.map((kind) => [
    kind,
    new Map(
      sectionSpec(kind).keys.flatMap((spec) => (spec.prefix === true ? [] : [[spec.name, declared(spec)] as const])),
    ),
  ]),
);

function declared(spec: KeySpec): Declared {
  if (spec.default === undefined) return { type: spec.type, value: undefined };
  const parsed = parseValue(spec.type, spec, spec.default);
  if ('problem' in parsed) throw new Error(`default of ${spec.name}: ${parsed.problem.message}`);
  return { type: spec.type, value: parsed.ok };
}

/** The typed values of one section; a container's fall back on its profile's, then on the defaults. */
export class SectionValues {
  readonly kind: SectionKind;
  readonly name: string;
  readonly where: Place;
  readonly #own: ReadonlyMap<string, Typed>;
  /** Those of keys that may be written several times, under names of the user's. */
  readonly #repeated: ReadonlyMap<string, Typed>;
  readonly #declarations: ReadonlyMap<string, Declared> | undefined;
  #profile: SectionValues | undefined;

  constructor(kind: SectionKind, section: Pick<Section, 'name' | 'where' | 'entries'>, problems: Problem[]) {
    this.kind = kind;
    this.name = section.name;
    this.where = section.where;
    this.#declarations = declarations.get(kind);
    this.#own = typedEntries(kind, section.entries, problems);
    this.#repeated = repeatedEntries(kind, this.#own);
  }

  /** Called once, when all profiles are known. */
  useProfile(profile: SectionValues | undefined): void {
    this.#profile = profile;
  }

  #find(key: string): Typed | undefined {
    const profile = this.#profile;
    return this.#own.get(key) ?? (profile === undefined ? undefined : profile.#find(key));
  }

  /** The value of a key: its own, its profile's, or the default. The type must be the one that the schema declares. */
  get<T extends ValueType>(key: string, type: T): ValueOf[T] | undefined {
    const declaration = this.#declarations?.get(key);
    if (declaration?.type !== type) throw new Error(`[${this.kind}] ${key} is no ${type}`);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parseValue gives this type for that name
    return (this.#find(key)?.value ?? declaration.value) as ValueOf[T] | undefined;
  }

  /** As `get`, of a key that has a default. */
  must<T extends ValueType>(key: string, type: T): NonNullable<ValueOf[T]> {
    const value = this.get(key, type);
    if (value === undefined || value === null) throw new Error(`[${this.kind}] ${key} has no default`);
    return value;
  }

  /** The word of a `choice`, as one of those that the schema allows; the first of them when its text is no value. */
  oneOf<const W extends string>(key: string, allowed: readonly [W, ...W[]]): W {
    const value = this.get(key, 'choice');
    return allowed.find((word) => word === value) ?? allowed[0];
  }

  /** Whether the key is written, in the section or its profile; also when its text is no value. */
  has(key: string): boolean {
    return this.#find(key) !== undefined;
  }

  /** The entries of a prefix (`sysctl.NAME`, and `raw` itself): the profile's that are not replaced, then its own. */
  under<T extends ValueType>(prefix: string, type: T): readonly (readonly [Entry, ValueOf[T]])[] {
    const profile = this.#profile;
    const all =
      profile === undefined || profile.#repeated.size === 0
        ? this.#repeated
        : new Map([...profile.#repeated, ...this.#repeated]);
    const found: (readonly [Entry, ValueOf[T]])[] = [];
    for (const { entry, spec, value } of all.values()) {
      if (spec.name !== prefix || spec.type !== type || value === undefined) continue;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parseValue gives this type for that name
      found.push([entry, value as ValueOf[T]]);
    }
    return found;
  }

  /** Where the value of a key stands; the section's header when it is not written. */
  place(key: string): Place {
    return this.#find(key)?.entry.where ?? this.where;
  }
}

function typedEntries(kind: SectionKind, entries: ReadonlyMap<string, Entry>, problems: Problem[]): Map<string, Typed> {
  const typed = new Map<string, Typed>();
  for (const [key, entry] of entries) {
    const spec = keySpec(kind, key);
    if (spec === undefined) continue;
    const parsed = parseValue(spec.type, spec, entry.value);
    if ('ok' in parsed) {
      typed.set(key, { entry, spec, value: parsed.ok });
      continue;
    }
    const { code, message, hint, offset, length } = parsed.problem;
    problems.push(problem(code, message, { where: placeInValue(entry, offset, length), hint }));
    typed.set(key, { entry, spec, value: undefined });
  }
  return typed;
}

const none: ReadonlyMap<string, Typed> = new Map();

/** Names of keys that take a name after a dot; `raw` is one without, too. */
const prefixes = new Map(
  sectionKinds.map((kind) => [
    kind,
    new Set(sectionSpec(kind).keys.flatMap((key) => (key.prefix === true ? [key.name] : []))),
  ]),
);

function repeatedEntries(kind: SectionKind, own: ReadonlyMap<string, Typed>): ReadonlyMap<string, Typed> {
  const names = prefixes.get(kind);
  if (names === undefined || names.size === 0) return none;
  let found: Map<string, Typed> | undefined;
  for (const [key, typed] of own) {
    if (!names.has(typed.spec.name)) continue;
    found ??= new Map();
    found.set(key, typed);
  }
  return found ?? none;
}

/** Keys of a kind that must be written. */
export function requiredKeys(kind: SectionKind): readonly KeySpec[] {
  return sectionSpec(kind).keys.filter((key) => key.required === true);
}
