import type { ProblemJson } from '../../base/report.ts';
import type { Side } from './parties.ts';

/** Raised when a field changes its meaning or goes. */
export const reportVersion = 1;

/** What was seen in a lab: plain data, the same for a person and a program. Durations are seconds. */
export interface LabReport {
  readonly version: typeof reportVersion;
  /** The description, as the user named it. */
  readonly source: string;
  /** SHA-256 of its texts; absent before the command has said it. */
  readonly description?: string;
  /** Whether all was as promised, and everything that is promised was looked at. */
  readonly proven: boolean;
  readonly machine: Machine;
  /** How the lab differs from the host, a sentence each. */
  readonly notes: readonly string[];
  readonly parties: readonly PartyReport[];
  /** What was tried, each where it matters: `icmp`, `tcp 80`. */
  readonly services: readonly string[];
  readonly cells: readonly Cell[];
  readonly reach: readonly ReachReport[];
  readonly differences: readonly Difference[];
  readonly expects: readonly ExpectReport[];
  readonly promiscuity: readonly PromiscuityReport[];
  readonly attacks: readonly AttackRow[];
  readonly unproven: readonly string[];
  readonly problems: readonly ProblemJson[];
  readonly seconds: Readonly<Record<string, number>>;
  readonly probes: number;
}

export interface Machine {
  readonly date: string;
  readonly kernel: string;
  readonly lxc: string;
  readonly openrc: string;
  readonly nftables: string;
  readonly rcLxc: string;
  /** Whether it ran in the virtual machine. */
  readonly virtual: boolean;
}

interface PartyReport {
  readonly name: string;
  readonly side: Side;
  /** Names of its networks, of a container. */
  readonly networks: readonly string[];
}

/** One direction between two parties, in one family. Numbers are places in `services`. */
export interface Cell {
  readonly from: string;
  readonly to: string;
  readonly family: 4 | 6;
  readonly tried: readonly number[];
  readonly promised: readonly number[];
  readonly open: readonly number[];
  /** Tried, but nothing is promised of it. */
  readonly free: readonly number[];
}

/** What a network's type says of reaching, and what was seen where nothing else had a say. */
export interface ReachReport {
  readonly network: string;
  readonly type: string;
  readonly family: 4 | 6;
  readonly key: string;
  readonly promised: boolean;
  readonly seen: boolean;
}

export interface Difference {
  readonly from: string;
  readonly to: string;
  readonly service: string;
  readonly family: 4 | 6;
  readonly address: string;
  readonly promised: 'open' | 'shut';
  readonly seen: 'open' | 'shut' | 'other' | 'error';
  readonly because: string;
  readonly file: string;
  readonly line: number;
}

export interface ExpectReport {
  readonly name: string;
  readonly verdict: 'allow' | 'deny';
  readonly holds: boolean;
  /** How many packets were about it; none where there is no address to send to. */
  readonly tried: number;
  /** Who does otherwise. */
  readonly against: readonly string[];
}

export interface PromiscuityReport {
  readonly card: string;
  readonly network: string;
  readonly promised: boolean;
  /** Once root in a container has asked for it. */
  readonly promisedAsked: boolean;
  /** Absent where this kind of card does not show it. */
  readonly seen?: boolean;
  /** After root in a container asked for it on its interface. */
  readonly seenAsked?: boolean;
}

/** One kind of attack by one container. */
export interface AttackRow {
  readonly attack: string;
  readonly container: string;
  readonly interface: string;
  /** Whom it got through to. */
  readonly reached: readonly string[];
  /** Whether something is to keep it back. */
  readonly held: boolean;
  readonly sent: number;
}
