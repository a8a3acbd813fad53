import { median, round } from './support.ts';

/** What traffic.py prints of one run. */
export interface Figures {
  readonly datagram: number;
  readonly latency: number;
  readonly throughput: number;
  readonly bytes: number;
  readonly throughput1500: number;
  readonly bytes1500: number;
}

/** What is compared, and what it is. */
export const figureNames = {
  datagram: 'datagram: microseconds of processor time of a datagram of 100 bytes',
  latency: 'latency: microseconds from a request of one byte over TCP to its answer',
  throughput: 'throughput: Gbit/s of one TCP connection',
  throughput1500: 'throughput1500: the same with frames of 1,500 bytes, without segmentation offload',
} as const satisfies Partial<Record<keyof Figures, string>>;

interface Compared {
  readonly median: number;
  readonly ratio: number;
  readonly scatter: number;
}

/** What the sender's card was given at a time: much of a segment, or what fits a frame of 1,500 bytes. */
export function frameBytes(runs: readonly Figures[]): Record<string, number> {
  return {
    throughput: round(median(runs.map(({ bytes }) => bytes))),
    throughput1500: round(median(runs.map(({ bytes1500 }) => bytes1500))),
  };
}

/** Runs against those of the same rounds with the rules of one container. */
export function compared(runs: readonly Figures[], one: readonly Figures[]): Record<string, Compared> {
  const names = Object.keys(figureNames) as readonly (keyof typeof figureNames)[];
  return Object.fromEntries(names.map((name) => [name, comparedBy(name, runs, one)]));
}

function comparedBy(name: keyof Figures, runs: readonly Figures[], one: readonly Figures[]): Compared {
  const ratios = runs.map((run, index) => run[name] / (one[index]?.[name] ?? Number.NaN)).toSorted((a, b) => a - b);
  const quarter = Math.floor(ratios.length / 4);
  const [low = 0, high = 0] = [ratios[quarter], ratios.at(-1 - quarter)];
  return {
    median: round(median(runs.map((run) => run[name]))),
    ratio: threeDecimals(median(ratios)),
    scatter: threeDecimals((high - low) / 2),
  };
}

/** A ratio is of runs seconds apart: it holds more than the runs themselves. */
function threeDecimals(value: number): number {
  return Math.round(value * 1000) / 1000;
}
