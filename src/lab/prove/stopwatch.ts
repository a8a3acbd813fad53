/** Takes the time of one thing after the other. */
export class Stopwatch {
  readonly #begin = performance.now();
  #last = this.#begin;
  readonly #laps = new Map<string, number>();

  /** What has been done since the last lap has this name. */
  lap(name: string): void {
    const now = performance.now();
    this.#laps.set(name, (this.#laps.get(name) ?? 0) + now - this.#last);
    this.#last = now;
  }

  /** Of each lap, and `total`; in seconds, to hundredths. */
  seconds(): Readonly<Record<string, number>> {
    const all = [...this.#laps, ['total', performance.now() - this.#begin] as const];
    return Object.fromEntries(all.map(([name, milliseconds]) => [name, Math.round(milliseconds / 10) / 100]));
  }
}
