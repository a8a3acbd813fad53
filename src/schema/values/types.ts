import type { AddressWithLength, Capability, Device, LxcLine, Mount, Peer, ReadyWhen } from './shapes.ts';
import type { KeySpec, ValueType } from '../types.ts';
import type { ValueCode } from './codes.ts';

/** What the text of each type becomes. */
export interface ValueOf extends Record<ValueType, unknown> {
  readonly text: string;
  readonly 'yes-no': boolean;
  readonly integer: number;
  readonly number: number;
  /** Bytes. */
  readonly size: number;
  /** Seconds. */
  readonly duration: number;
  readonly choice: string;
  readonly name: string;
  readonly domain: string;
  readonly reference: string;
  readonly 'reference-list': readonly string[];
  readonly interface: string;
  readonly 'interface-list': readonly string[];
  /** Addresses are in canonical form. */
  readonly 'ipv4-address': string;
  readonly 'ipv6-address': string;
  readonly 'ipv4-address-list': readonly string[];
  readonly 'ipv6-address-list': readonly string[];
  readonly 'address-list': readonly string[];
  readonly 'ipv4-prefix': AddressWithLength;
  readonly 'ipv6-prefix': AddressWithLength;
  /** Lower case, with colons. */
  readonly mac: string;
  /** Absolute, without doubled or trailing slashes. */
  readonly path: string;
  readonly signal: string;
  /** In semver's form: `7.0.0`. */
  readonly version: string;
  readonly ready: ReadyWhen;
  readonly command: string;
  readonly list: readonly string[];
  readonly 'capability-list': readonly Capability[];
  readonly 'device-list': readonly Device[];
  readonly 'mount-list': readonly Mount[];
  readonly 'lxc-line': LxcLine;
  readonly peer: Peer;
  /** Empty for `none`. */
  readonly 'peer-list': readonly Peer[];
}

/** Why a text is no value of its type. `offset` counts from the start of the value, in characters. */
export interface ValueProblem {
  readonly code: ValueCode;
  readonly message: string;
  readonly hint?: string;
  readonly offset: number;
  readonly length: number;
}

export type Parsed<V> = { readonly ok: V } | { readonly problem: ValueProblem };

export type Parser<V> = (text: string, spec: KeySpec) => Parsed<V>;

export function refuse(code: ValueCode, text: string, message: string, hint?: string): { problem: ValueProblem } {
  return { problem: { code, message, ...(hint === undefined ? {} : { hint }), offset: 0, length: text.length } };
}
