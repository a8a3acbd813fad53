import type { KeySpec, ValueType } from '../types.ts';
import { address, mac, prefix } from './address.ts';
import { choice, decimal, duration, integer, size, text, unfit, yesNo } from './basic.ts';
import { capability, device, lxcLine, mount, ready } from './container.ts';
import { asIs, listOf } from './list.ts';
import { peer, peerList } from './peer.ts';
import { domain, interfaceName, name, path, signal, version } from './names.ts';
import type { Parsed, Parser, ValueOf } from './types.ts';

export type { ValueOf } from './types.ts';
export { valueProblems } from './codes.ts';

/** Words separated by commas; `none` alone is the empty list. */
const words: Parser<readonly string[]> = (value, spec) =>
  value === 'none' ? { ok: [] } : listOf(name, asIs)(value, spec);

const parsers: { readonly [T in ValueType]: Parser<ValueOf[T]> } = {
  text,
  'yes-no': yesNo,
  integer,
  number: decimal,
  size,
  duration,
  choice,
  name,
  domain,
  reference: name,
  'reference-list': listOf(name, asIs),
  interface: interfaceName,
  'interface-list': listOf(interfaceName, asIs),
  'ipv4-address': address(4),
  'ipv6-address': address(6),
  'ipv4-address-list': listOf(address(4), asIs),
  'ipv6-address-list': listOf(address(6), asIs),
  'address-list': listOf(address(4, 6), asIs),
  'ipv4-prefix': prefix(4),
  'ipv6-prefix': prefix(6),
  mac,
  path,
  signal,
  version,
  ready,
  command: text,
  list: words,
  'capability-list': listOf(capability, (value) => value.name),
  'device-list': listOf(device, (value) => value.path),
  'mount-list': listOf(mount, (value) => value.target),
  'lxc-line': lxcLine,
  peer,
  'peer-list': peerList,
};

/**
 * The value that a text stands for, by the type of its key: `{ok: value}` in the shape that `ValueOf` says, or
 * `{problem}` with the place of what is wrong in the text. A keyword of an address key (`none`) comes out as it is.
 */
export function parseValue<T extends ValueType>(type: T, spec: KeySpec, value: string): Parsed<ValueOf[T]> {
  const problem = unfit(value, type);
  if (problem !== undefined) return { problem };
  return parsers[type](value, spec);
}
