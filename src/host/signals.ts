import type { HeldSignals } from './types.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Keeps SIGINT, SIGTERM and SIGHUP from ending the process at a place that it did not choose. */
export function holdSignals(): HeldSignals {
  let came: NodeJS.Signals | undefined;
  const arrival = new AbortController();
  const handler = (signal: NodeJS.Signals): void => {
    came = signal;
    arrival.abort();
  };
  for (const signal of signals) process.on(signal, handler);
  return {
    async received() {
      // A signal reaches its handler when the event loop turns.
      await new Promise((resolve) => setImmediate(resolve));
      return came;
    },
    arrival: arrival.signal,
    forgive() {
      came = undefined;
    },
    release() {
      for (const signal of signals) process.off(signal, handler);
      if (came !== undefined) process.kill(process.pid, came);
    },
  };
}
