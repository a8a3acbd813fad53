import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ThrowawayHost } from '../../../src/lab/host.ts';

/** Installs the stand-in for netifrc, unless this machine has netifrc itself. */
export async function installNetifrc(host: ThrowawayHost): Promise<void> {
  if (await host.exists('/etc/init.d/net.lo')) return;
  await host.writeFile('/etc/init.d/net.lo', readFileSync(join(import.meta.dirname, 'netifrc.initd'), 'utf8'), 0o755);
}
