import { groupBy } from '../../base/group.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Probe, ProbeOptions, ProbeResult } from '../probes.ts';
import type { Service } from './services.ts';
import type { Way } from './ways.ts';

/** One service tried on one way. */
export interface Trial {
  readonly way: Way;
  readonly service: Service;
}

/** `open` when it got through; `other` when somebody else answered; `error` proves nothing. */
type Outcome = 'open' | 'shut' | 'other' | 'error';

export interface Seen extends Trial {
  readonly outcome: Outcome;
  readonly result: ProbeResult;
}

/** How long a try may take on a machine of the usual speed, in milliseconds. */
const patient: ProbeOptions = { timeoutMs: 300, retries: 1 };
const morePatient: ProbeOptions = { timeoutMs: 1000, retries: 1 };

/**
 * So many ways at once: all networks of a machine share one table of 1024 neighbours (gc_thresh3 of the machine's, which
 * is not ours to change), each end of a way may take an entry, and the kernel forgets none within five seconds.
 */
const waysAtOnce = 350;

export interface SendOptions {
  /** With more time: what was tried before. */
  readonly again?: boolean;
  /** How many times as much time an emulated machine needs. */
  readonly slow?: number;
}

/** Sends all probes, each party its own at once; as many parties together as the kernel has room for. */
export async function sendAll(
  endpoints: ReadonlyMap<string, Endpoint>,
  trials: readonly Trial[],
  options: SendOptions = {},
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const batches = batchesOf(groupBy(trials, ({ way }) => way.from.name));
  for (const [at, batch] of batches.entries()) {
    if (at > 0) await forgetNeighbours(endpoints);
    const results = await Promise.all(batch.map(([name, own]) => sendFrom(endpoints.get(name), own, options)));
    seen.push(...results.flat());
  }
  return seen;
}

type Batch = readonly (readonly [sender: string, own: readonly Trial[]])[];

function batchesOf(bySender: ReadonlyMap<string, readonly Trial[]>): readonly Batch[] {
  const batches: (readonly [string, readonly Trial[]])[][] = [];
  let room = 0;
  for (const [name, own] of bySender) {
    const ways = new Set(own.map(({ way }) => way)).size;
    if (ways > room) {
      batches.push([]);
      room = waysAtOnce;
    }
    batches.at(-1)?.push([name, own]);
    room -= ways;
  }
  return batches;
}

async function forgetNeighbours(endpoints: ReadonlyMap<string, Endpoint>): Promise<void> {
  await Promise.all([...endpoints.values()].map((endpoint) => endpoint.ip('neighbour', 'flush', 'all')));
}

async function sendFrom(
  endpoint: Endpoint | undefined,
  own: readonly Trial[],
  { again = false, slow = 1 }: SendOptions,
): Promise<readonly Seen[]> {
  const { timeoutMs = 300, retries = 1 } = again ? morePatient : patient;
  const results = await endpoint?.probe(own.map(probeOf), { timeoutMs: timeoutMs * slow, retries });
  return own.map((trial, at) => {
    const result = results?.[at] ?? { status: 'error', tries: 0, error: 'no agent' };
    return { way: trial.way, service: trial.service, result, outcome: outcomeOf(trial, result) };
  });
}

function probeOf({ way, service }: Trial): Probe {
  return {
    kind: service.protocol,
    address: way.address,
    ...(service.port === undefined ? {} : { port: service.port }),
  };
}

function outcomeOf({ way, service }: Trial, { status, who }: ProbeResult): Outcome {
  if (status === 'error') return 'error';
  if (status !== 'open') return 'shut';
  // An echo reply tells the address that sent it, and a program of the host's own tells nobody.
  if (service.protocol === 'icmp' || who === undefined) return 'open';
  return who === way.to.name ? 'open' : 'other';
}
