import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

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

/**
 * A host with Portage, the stand-in for Gentoo's repository, and `overlay` as /var/db/repos/rc-lxc. It has no network.
 * `sources` are seen as /mnt/rc-lxc.
 */
export async function bootGentoo(overlay: string, sources = checkout): Promise<ThrowawayHost> {
  const host = await bootThrowawayHost({
    binds: [
      { source: overlay, target: '/mnt/overlay' },
      { source: sources, target: '/mnt/rc-lxc' },
    ],
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

/** Puts a file of this machine's where Portage looks for what it would fetch. */
export async function putDistfile(host: ThrowawayHost, path: string): Promise<void> {
  const data = readFileSync(path).toString('base64');
  await host.sh(`base64 -d >"/var/cache/distfiles/$1"`, { arguments: [basename(path)], input: data });
}

/** LXC's own sources cannot be had: a tarball with nothing in it stands in for them, and meson.sh for Meson. */
export async function standInForLxc(host: ThrowawayHost): Promise<void> {
  const script = `
    install -m 0755 '${checkout}/test/overlay/meson.sh' /usr/local/bin/meson
    mkdir -p /tmp/lxc-6.0.2 && tar -C /tmp -czf /var/cache/distfiles/lxc-6.0.2.tar.gz lxc-6.0.2
    echo none >/var/cache/distfiles/lxc-6.0.2.tar.gz.asc
    # This machine's own scripts are none that a Gentoo has.
    rm -f /etc/init.d/lxc*
    cd /var/db/repos/rc-lxc/app-containers/lxc && rm Manifest && ebuild lxc-6.0.2.ebuild manifest`;
  await told(host, ['sh', '-ec', script]);
}
