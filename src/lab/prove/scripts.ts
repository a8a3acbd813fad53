import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ThrowawayHost } from '../host.ts';
import { labFolder } from '../scripts.ts';

const libexec = '/usr/libexec/rc-lxc';

/** Where init.d/ and conf.d/ are: in the folder `lab` beside the bundle, or at the top of the checkout. */
function source(): string {
  return existsSync(join(labFolder, 'init.d')) ? labFolder : join(labFolder, '../..');
}

/**
 * Puts the OpenRC scripts, their settings and shared functions where `make install-host` puts them, unless the machine
 * has them installed: what will run is what is to be proven. Tells whose they are.
 */
export async function installScripts(host: ThrowawayHost): Promise<'installed' | 'own'> {
  if (await host.exists('/etc/init.d/rc-lxc')) return 'installed';
  const top = source();
  const put = async (from: string, to: string, names: RegExp, mode: number): Promise<void> => {
    for (const name of readdirSync(join(top, from)).filter((each) => names.test(each))) {
      const text = readFileSync(join(top, from, name), 'utf8').replaceAll('@LIBEXECDIR@', libexec);
      await host.writeFile(`${to}/${name}`, text, mode);
    }
  };
  await put('init.d/lib', libexec, /\.sh$/u, 0o644);
  await put('init.d', '/etc/init.d', /^rc-lxc/u, 0o755);
  await put('conf.d', '/etc/conf.d', /^rc-lxc/u, 0o644);
  return 'own';
}
