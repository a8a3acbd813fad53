import { groupBy } from '../../base/group.ts';
import type { LabReport } from '../../lab/prove/report.ts';
import { ranged, tableOf } from './tables.ts';
import type { Table } from './tables.ts';

/** What a lab's report says, for a page. */
export interface Proof {
  /** Whether it is of this description, an earlier or other one, or does not say. */
  readonly of: 'this' | 'other' | 'unknown';
  readonly proven: boolean;
  readonly machine: LabReport['machine'];
  readonly probes: number;
  readonly parties: number;
  /** Names of networks that were not looked at. */
  readonly unproven: readonly string[];
  readonly notes: readonly string[];
  /** What was found wrong, the first ones, as it is told. */
  readonly findings: readonly string[];
  readonly moreFindings: number;
  readonly attacks?: Table;
  readonly cards?: Table;
}

/** So many findings are shown; the report has them all. */
const mostFindings = 20;

export function proofOf(report: LabReport, description: string): Proof {
  const { proven, machine, probes, parties, unproven, notes, problems } = report;
  const attacks = attackTable(report);
  const cards = cardTable(report);
  return {
    of: report.description === undefined ? 'unknown' : report.description === description ? 'this' : 'other',
    proven,
    machine,
    probes,
    parties: parties.length,
    unproven,
    notes,
    findings: problems.slice(0, mostFindings).map(({ message }) => message),
    moreFindings: Math.max(0, problems.length - mostFindings),
    ...(attacks === undefined ? {} : { attacks }),
    ...(cards === undefined ? {} : { cards }),
  };
}

/** What became of an expectation in the lab. */
export function expectVerdict(report: LabReport | undefined, name: string): string {
  const found = report?.expects.find((each) => each.name === name);
  if (found === undefined) return '';
  if (found.tried === 0) return 'not tried';
  return found.holds ? 'holds' : 'is broken';
}

function outcome({ held, reached }: LabReport['attacks'][number]): string {
  if (reached.length === 0) return 'got through to nobody';
  return held ? 'GOT THROUGH, and must not' : 'got through: nothing is to hold it back';
}

/** Attacks of one kind with one outcome in a line. */
function attackTable({ attacks }: LabReport): Table | undefined {
  if (attacks.length === 0) return undefined;
  const groups = groupBy(attacks, (row) => `${row.attack}\0${outcome(row)}`);
  return tableOf(
    [
      { title: 'Root in the container', cell: ([row]) => plain(row?.attack ?? '') },
      { title: 'Containers', cell: (rows) => ranged(rows.map(({ container }) => plain(container))) },
      { title: 'Outcome', cell: ([row]) => (row === undefined ? '' : outcome(row)) },
    ],
    [...groups.values()],
  );
}

function frames(is: boolean | undefined): string {
  if (is === undefined) return 'this kind of card does not show it';
  return is ? 'every frame' : 'its own frames';
}

function cardTable({ promiscuity }: LabReport): Table | undefined {
  if (promiscuity.length === 0) return undefined;
  return tableOf(
    [
      { title: 'Card', cell: ({ card }) => plain(card) },
      { title: 'For', cell: ({ network }) => plain(network) },
      { title: 'Was to take in', cell: ({ promised }) => frames(promised) },
      { title: 'Took in', cell: ({ seen }) => frames(seen) },
    ],
    promiscuity,
  );
}

/** A report is anybody's file: a backtick in it begins no code. */
const plain = (text: string): string => text.replaceAll('`', '’');

/**
 * The report that `rc-lxc lab --json` printed; line breaks and control characters in it are blanks.
 * @throws Error that says what is wrong with it.
 */
export function readReport(text: string): LabReport {
  let read: unknown;
  try {
    read = JSON.parse(text, (_, value: unknown) =>
      typeof value === 'string' ? value.replaceAll(/\p{Cc}+/gu, ' ') : value,
    );
  } catch {
    throw new Error('it is not JSON');
  }
  if (typeof read !== 'object' || read === null) throw new Error('it is no object');
  const wrong = shapes.find(([name, fits]) => !fits((read as Record<string, unknown>)[name]));
  if (wrong !== undefined) throw new Error(`its ${wrong[0]} is not what a report has`);
  return read as LabReport;
}

type Fits = (value: unknown) => boolean;

const text: Fits = (value) => typeof value === 'string';
const truth: Fits = (value) => typeof value === 'boolean';
const number: Fits = (value) => typeof value === 'number' && Number.isFinite(value);
const maybe =
  (fits: Fits): Fits =>
  (value) =>
    value === undefined || fits(value);
const list =
  (fits: Fits): Fits =>
  (value) =>
    Array.isArray(value) && value.every((each) => fits(each));
const record =
  (fields: Readonly<Record<string, Fits>>): Fits =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, fits]) => fits((value as Record<string, unknown>)[name]));

/** What pages show of a report. */
const shapes: readonly (readonly [name: string, fits: Fits])[] = [
  ['version', (value) => value === 1],
  ['proven', truth],
  ['description', maybe(text)],
  ['probes', number],
  [
    'machine',
    record({ date: text, kernel: text, lxc: text, openrc: text, nftables: text, rcLxc: text, virtual: truth }),
  ],
  ['parties', list(record({ name: text }))],
  ['unproven', list(text)],
  ['notes', list(text)],
  ['problems', list(record({ message: text }))],
  ['expects', list(record({ name: text, holds: truth, tried: number }))],
  ['attacks', list(record({ attack: text, container: text, held: truth, reached: list(text) }))],
  ['promiscuity', list(record({ card: text, network: text, promised: truth, seen: maybe(truth) }))],
];
