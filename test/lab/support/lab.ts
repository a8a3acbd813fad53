import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { throwawayRefusal, type ThrowawayHost } from '../../../src/lab/host.ts';

/**
 * A `describe` whose tests need a throw-away host. Where none can be booted they count as skipped, and the reason stands
 * on standard error, so that nobody takes a run without the lab for a run that passed.
 */
export function describeLab(name: string, body: () => void): void {
  const refusal = throwawayRefusal();
  if (refusal !== undefined) process.stderr.write(`\nSKIPPED: ${name}: this machine ${refusal}\n`);
  const either = refusal === undefined ? describe : describe.skip;
  either(name, body);
}

/** The checkout that the tests run from. */
export const checkout = join(import.meta.dirname, '../../..');

/** Installs the stand-in for a distribution's nftables service as /etc/init.d/nftables. */
export async function installNftablesService(host: ThrowawayHost): Promise<void> {
  await host.writeFile(
    '/etc/init.d/nftables',
    readFileSync(join(import.meta.dirname, 'nftables.initd'), 'utf8'),
    0o755,
  );
}
