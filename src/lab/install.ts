import type { ThrowawayHost } from './host.ts';

/** Puts the OpenRC scripts of a checkout, their settings and shared functions where `make install-host` puts them. */
export async function installShell(host: ThrowawayHost, checkout: string): Promise<void> {
  const result = await host.run(['make', '--silent', '-C', checkout, 'install-host', 'DESTDIR=', 'PREFIX=/usr']);
  if (result.exitCode !== 0) {
    throw new Error(`make install-host failed in the throw-away host: ${result.stderr.trim()}`);
  }
}
