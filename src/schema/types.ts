import type { SectionKind } from './kinds.ts';

/**
 * The kinds of value a key can hold. `source` turns the text into the value of the type on the right:
 * yes-no → boolean, size → bytes, duration → seconds, list-of-… → readonly array, the rest → string or number.
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
  | 'reference'
  | 'reference-list'
  | 'interface-list'
  | 'ipv4-address'
  | 'ipv6-address'
  | 'ipv4-address-list'
  | 'ipv6-address-list'
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
  | 'lxc-line';

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
  readonly example: string;
  readonly unit?: string;
  readonly choices?: readonly string[];
  /** Which kind of section a reference names. */
  readonly references?: SectionKind;
  readonly min?: number;
  readonly max?: number;
  readonly required?: boolean;
  /** `true`: the key is a prefix, followed by a dot and a name of the user's (`sysctl.net.core.somaxconn`). */
  readonly prefix?: boolean;
  /** The version of rc-lxc that brought it. */
  readonly since: string;
}

/** One kind of section. */
export interface SectionSpec {
  readonly kind: SectionKind;
  /** Whether `[kind NAME]` carries a name. */
  readonly named: boolean;
  readonly summary: string;
  readonly keys: readonly KeySpec[];
}
