const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs the work, which is synchronous, with these signals put off: a handler keeps the kernel from ending the process,
 * and cannot run before the work has returned. One that came meanwhile then ends the process as it would have.
 */
export function uninterrupted<T>(work: () => T): T {
  const handlers = signals.map((signal) => {
    const handler = (): void => {
      release();
      process.kill(process.pid, signal);
    };
    process.on(signal, handler);
    return [signal, handler] as const;
  });
  const release = (): void => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
  try {
    return work();
  } finally {
    // Signals that are waiting reach their handlers in the next turns of the loop.
    setTimeout(release, 20);
  }
}
