import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { bootThrowawayHost, throwawayRefusal } from '../../../src/lab/host.ts';
import type { RunResult, ThrowawayHost } from '../../../src/lab/host.ts';

export const checkout = resolve(import.meta.dirname, '../../..');

/** As build/portage.sh has it. */
const portage = '/var/cache/rc-lxc/portage';

/** Why nothing can be tried with Portage here, in one line; undefined when it can. */
export function portageRefusal(): string | undefined {
  if (!existsSync(join(portage, 'versions'))) return 'needs Portage; run make system-portage';
  return throwawayRefusal();
}

/** A host with Portage, the stand-in for Gentoo's repository, and `overlay` as /var/db/repos/rc-lxc. It has no network. */
export async function bootGentoo(overlay: string): Promise<ThrowawayHost> {
  const host = await bootThrowawayHost({
    binds: [{ source: overlay, target: '/mnt/overlay' }],
    env: {
      PATH: `/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:${portage}/bin`,
      PORTAGE_OVERRIDE_EPREFIX: '',
      NOCOLOR: '1',
    },
  });
  await told(host, ['ln', '-sf', await nodeBinary(), '/usr/local/bin/node']);
  await told(host, ['sh', join(checkout, 'test/overlay/lay.sh'), '/mnt/overlay']);
  return host;
}

/** The Node that runs this: under net-libs/nodejs's name in the host. */
async function nodeBinary(): Promise<string> {
  return Promise.resolve(join(dirname(process.execPath), 'node'));
}

/** Runs a program in the host; a failure shows what it printed last. */
export async function told(host: ThrowawayHost, argv: readonly string[]): Promise<RunResult> {
  const result = await host.run(argv, { timeoutMs: 300_000 });
  if (result.exitCode === 0) return result;
  const said = `${result.stdout}\n${result.stderr}`.trimEnd().split('\n').slice(-40).join('\n');
  throw new Error(`'${argv.join(' ')}' failed with exit status ${result.exitCode}:\n${said}`);
}
