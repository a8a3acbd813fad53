import { kernels } from './network-figures.ts';
import type { Kernel } from './network-figures.ts';

/** What a network type promises of reach, by its names. */
export const reachKeys = ['containers', 'toHost', 'fromHost', 'toOutside', 'fromOutside'] as const;
export const families = ['ipv4', 'ipv6'] as const;

/** What was seen of reach; a key that nothing could be sent for is absent. */
type SeenReach = Readonly<Partial<Record<(typeof reachKeys)[number], boolean>>>;

/** Who got frames of an attack: other containers, the host, and whoever is beside or behind it. */
export const sides = ['container', 'host', 'outside'] as const;
export type AttackedSide = (typeof sides)[number];

interface SeenAttack {
  /** How many were sent; none where they are refused as they are sent. */
  readonly frames: number;
  /** Nobody: it is held. */
  readonly reached: readonly AttackedSide[];
}

/** By the kind of attack, as the lab names it: `foreign MAC`. */
export type SeenAttacks = Readonly<Record<string, SeenAttack>>;

/** A form of a network type, as the lab saw it. */
export interface FormRecord {
  /** Of the type as it was then. */
  readonly fingerprint: string;
  readonly kernel: Kernel;
  readonly reach: Readonly<Record<(typeof families)[number], SeenReach>>;
  /** Of the card; absent where it has none, or gives it away. `asked`: once root in a container has asked for it. */
  readonly promiscuous?: { readonly plain: boolean; readonly asked: boolean };
  /** Absent where containers have no interface of their own. `unchecked`: with `spoof-check = no`. */
  readonly attacks?: { readonly checked: SeenAttacks; readonly unchecked: SeenAttacks };
}

/** What a measurement means only together with. Versions alone, as `5.0.2`; the date as `2026-11-26`. */
export interface MeasuredOn {
  readonly date: string;
  readonly kernel: string;
  readonly lxc: string;
  readonly nftables: string;
  readonly openrc: string;
  readonly virtual: boolean;
}

/** What docs/measurements/networks.json holds: the machine by kernel, and records by type and the label of the form. */
export interface MeasuredNetworks {
  readonly machine: Readonly<Partial<Record<Kernel, MeasuredOn>>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, FormRecord>>>>;
}

const file = 'docs/measurements/networks.json';

/**
 * What was parsed, once it is known to be that.
 * @throws Error that names the file, and what is wrong where: `docs/measurements/networks.json: types.vlan.vlan 42.kernel: …`.
 */
export function readMeasured(parsed: unknown): MeasuredNetworks {
  const top = object(parsed, 'the top');
  const machines = object(top['machine'], 'machine');
  for (const [name, machine] of Object.entries(machines)) {
    oneOf(name, kernels, `machine.${name}`);
    checkMachine(machine, `machine.${name}`);
  }
  for (const [type, forms] of Object.entries(object(top['types'], 'types')))
    for (const [label, record] of Object.entries(object(forms, `types.${type}`)))
      checkRecord(record, machines, `types.${type}.${label}`);
  return parsed as MeasuredNetworks;
}

function checkMachine(value: unknown, where: string): void {
  const { virtual, ...words } = object(value, where);
  if (typeof virtual !== 'boolean') wrong(`${where}.virtual`, 'neither true nor false');
  for (const key of ['date', 'kernel', 'lxc', 'nftables', 'openrc'])
    if (typeof words[key] !== 'string' || words[key] === '') wrong(`${where}.${key}`, 'no text');
}

function checkRecord(value: unknown, machines: object, where: string): void {
  const { fingerprint, kernel, reach, promiscuous, attacks } = object(value, where);
  if (typeof fingerprint !== 'string' || !/^[\da-f]{64}$/u.test(fingerprint))
    wrong(`${where}.fingerprint`, 'not a SHA-256 in hexadecimal');
  oneOf(kernel, Object.keys(machines), `${where}.kernel`);
  const seen = object(reach, `${where}.reach`);
  for (const family of families) checkTruths(seen[family], reachKeys, `${where}.reach.${family}`);
  if (promiscuous !== undefined) checkTruths(promiscuous, ['plain', 'asked'], `${where}.promiscuous`);
  if (attacks === undefined) return;
  const all = object(attacks, `${where}.attacks`);
  for (const part of ['checked', 'unchecked'])
    for (const [kind, attack] of Object.entries(object(all[part], `${where}.attacks.${part}`)))
      checkAttack(attack, `${where}.attacks.${part}.${kind}`);
}

function checkTruths(value: unknown, keys: readonly string[], where: string): void {
  for (const [key, truth] of Object.entries(object(value, where))) {
    oneOf(key, keys, `${where}.${key}`);
    if (typeof truth !== 'boolean') wrong(`${where}.${key}`, 'neither true nor false');
  }
}

function checkAttack(value: unknown, where: string): void {
  const { frames, reached } = object(value, where);
  if (typeof frames !== 'number' || !Number.isInteger(frames) || frames < 0) wrong(`${where}.frames`, 'no count');
  if (!Array.isArray(reached)) wrong(`${where}.reached`, 'no list');
  for (const side of reached) oneOf(side, sides, `${where}.reached`);
}

function object(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) wrong(where, 'no object');
  return value as Record<string, unknown>;
}

function oneOf(value: unknown, names: readonly string[], where: string): void {
  if (typeof value !== 'string' || !names.includes(value)) wrong(where, `none of ${names.join(', ')}`);
}

function wrong(where: string, what: string): never {
  throw new Error(`${file}: ${where}: ${what}`);
}
