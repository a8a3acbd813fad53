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

/** Sends all probes, each party its own at once. `slow` times as much time for an emulated machine. */
export async function sendAll(
  endpoints: ReadonlyMap<string, Endpoint>,
  trials: readonly Trial[],
  { again = false, slow = 1 }: { readonly again?: boolean; readonly slow?: number } = {},
): Promise<readonly Seen[]> {
  const { timeoutMs = 300, retries = 1 } = again ? morePatient : patient;
  const bySender = groupBy(trials, ({ way }) => way.from.name);
  const seen = await Promise.all(
    Array.from(bySender, async ([name, own]): Promise<readonly Seen[]> => {
      const results = await endpoints.get(name)?.probe(own.map(probeOf), { timeoutMs: timeoutMs * slow, retries });
      return own.map((trial, at) => {
        const result = results?.[at] ?? { status: 'error', tries: 0, error: 'no agent' };
        return { ...trial, result, outcome: outcomeOf(trial, result) };
      });
    }),
  );
  return seen.flat();
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
