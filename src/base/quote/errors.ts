/** The languages that values are quoted for. */
export type QuoteTarget = 'sh' | 'nft' | 'lxc' | 'dnsmasq' | 'roff' | 'ebuild' | 'xml' | 'Markdown' | 'a wiki';

/**
 * A value that the target language has no way to hold. Callers turn it into a problem at the source line;
 * `reason` completes the sentence "VALUE cannot be written to an LXC config: …".
 */
export class UnquotableError extends Error {
  readonly target: QuoteTarget;
  readonly value: string;
  readonly reason: string;

  constructor(target: QuoteTarget, value: string, reason: string) {
    super(`${JSON.stringify(value)} cannot be written for ${target}: ${reason}`);
    this.name = 'UnquotableError';
    this.target = target;
    this.value = value;
    this.reason = reason;
  }
}

/** Refuses what no text file can hold: NUL, and halves of surrogate pairs, which UTF-8 has no bytes for. */
export function refuseUnwritable(target: QuoteTarget, value: string): void {
  if (value.includes('\0')) throw new UnquotableError(target, value, 'it holds a NUL character');
  if (!value.isWellFormed()) throw new UnquotableError(target, value, 'it is not valid Unicode');
}
