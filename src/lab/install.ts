import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ThrowawayHost } from './host.ts';

const libexec = '/usr/libexec/rc-lxc';

/**
 * Puts the OpenRC scripts of a checkout, their settings and their shared functions where `make install` puts them.
 * The checkout's own Makefile does it when it has the target `install-host`; otherwise the files are laid down here.
 */
export async function installShell(host: ThrowawayHost, checkout: string): Promise<void> {
  const makefile = join(checkout, 'Makefile');
  if (existsSync(makefile) && /^install-host:/mu.test(readFileSync(makefile, 'utf8'))) {
    const result = await host.run(['make', '--silent', '-C', checkout, 'install-host', 'DESTDIR=', 'PREFIX=/usr']);
    if (result.exitCode !== 0)
      throw new Error(`make install-host failed in the throw-away host: ${result.stderr.trim()}`);
    return;
  }
  await copyFiles(host, join(checkout, 'init.d'), '/etc/init.d', 0o755);
  await copyFiles(host, join(checkout, 'conf.d'), '/etc/conf.d', 0o644);
  await copyFiles(host, join(checkout, 'init.d/lib'), libexec, 0o644);
}

async function copyFiles(host: ThrowawayHost, from: string, to: string, mode: number): Promise<void> {
  if (!existsSync(from)) return;
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = readFileSync(join(from, entry.name), 'utf8').replaceAll('@LIBEXECDIR@', libexec);
    await host.writeFile(join(to, entry.name), text, mode);
  }
}
