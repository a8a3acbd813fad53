import type { SectionKind } from './kinds.ts';

/**
 * The kinds of value a key can hold. What the text becomes is `ValueOf` in `values/types.ts`:
 * yes-no → boolean, size → bytes, duration → seconds, …-list → readonly array, the rest → string, number or an object.
 */
export type ValueType =
  | 'text'
  | 'yes-no'
  | 'integer'
  | 'number'
  | 'size'
  | 'duration'
  | 'choice'
  | 'name'
  | 'domain'
  | 'reference'
  | 'reference-list'
  | 'interface'
  | 'interface-list'
  | 'ipv4-address'
  | 'ipv6-address'
  | 'ipv4-address-list'
  | 'ipv6-address-list'
  | 'address-list'
  | 'ipv4-prefix'
  | 'ipv6-prefix'
  | 'mac'
  | 'path'
  | 'signal'
  | 'version'
  | 'ready'
  | 'command'
  | 'list'
  | 'capability-list'
  | 'device-list'
  | 'mount-list'
  | 'lxc-line'
  | 'peer'
  | 'peer-list';

/** One key of a section, declared once: parser, manual, completion and `explain` read it from here. */
export interface KeySpec {
  readonly name: string;
  readonly type: ValueType;
  /** One sentence: what it does. */
  readonly summary: string;
  /** More, where one sentence is not enough. */
  readonly details?: string;
  /** As it would be written in the file; absent when there is none or it is derived (then `defaultDoc` says how). */
  readonly default?: string;
  readonly defaultDoc?: string;
  /** A whole line of a description: `memory = 512M`. */
  readonly example: string;
  /** What a number counts, where the type does not say it. */
  readonly unit?: string;
  readonly choices?: readonly string[];
  /** Words that are taken besides what the type allows (`none`); they come out as they are. */
  readonly keywords?: readonly string[];
  /** Which kind of section a reference names. */
  readonly references?: SectionKind;
  /** Bounds in the unit that the value comes out in: bytes, seconds, or the number itself. */
  readonly min?: number;
  readonly max?: number;
  readonly required?: boolean;
  /** `true`: the key is a prefix, followed by a dot and a name of the user's (`sysctl.net.core.somaxconn`). */
  readonly prefix?: boolean;
  /** What may follow the dot of a prefix: the whole rest of the key. */
  readonly suffix?: { readonly pattern: RegExp; readonly doc: string };
  /** The version of rc-lxc that brought it. */
  readonly since: string;
}

/** One kind of section. */
export interface SectionSpec {
  readonly kind: SectionKind;
  /** Whether `[kind NAME]` carries a name. */
  readonly named: boolean;
  readonly summary: string;
  /** More, in whole sentences. */
  readonly details?: string;
  /** A header as it is written: `[container web1]`. */
  readonly example: string;
  /** `name`: as `isName`; `nic`: CONTAINER:INTERFACE. Absent where there is no name. */
  readonly nameForm?: 'name' | 'nic';
  /** Names of the right form that cannot be taken, and why. */
  readonly reservedNames?: { readonly names: readonly string[]; readonly reason: string };
  readonly keys: readonly KeySpec[];
}
