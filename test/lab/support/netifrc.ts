import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ThrowawayHost } from '../../../src/lab/host.ts';

/** Installs the stand-in for netifrc as /etc/init.d/net.lo. */
export async function installNetifrc(host: ThrowawayHost): Promise<void> {
  await host.writeFile('/etc/init.d/net.lo', readFileSync(join(import.meta.dirname, 'netifrc.initd'), 'utf8'), 0o755);
}
