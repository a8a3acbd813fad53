import type { Host, Output } from '../../host/types.ts';
import { ebuildPath, folderOf } from '../../ebuild/overlay.ts';
import type { Overlay } from './state.ts';

/** What another program says of the overlay; undefined where it is not installed. */
export interface Verdict {
  readonly tool: 'pkgcheck' | 'portage';
  readonly ok: boolean;
  /** What it printed, where it found something. */
  readonly said: string;
}

const longest = 300_000;

/** It fails at a result of the level of a warning or above. */
async function pkgcheck(host: Host, { top }: Overlay): Promise<Verdict | undefined> {
  const output = await host.run(['pkgcheck', 'scan', '--repo', top, '--color', 'n', '--exit=warning,error'], {
    timeoutMs: longest,
  });
  return output && verdict('pkgcheck', output);
}

/** Portage reads every ebuild, with the eclasses it inherits, and checks what it says of itself. */
async function portage(host: Host, { top, versions }: Overlay): Promise<Verdict | undefined> {
  for (const [name, all] of versions) {
    for (const version of all) {
      const path = `${top}/${ebuildPath(name, version)}`;
      if (host.look(path).kind === 'absent') continue;
      const asked = ['portageq', 'metadata', '/', 'ebuild', `${folderOf(name)}-${version}`, 'DEFINED_PHASES'];
      const output = await host.run(['env', `PORTDIR_OVERLAY=${top}`, ...asked], { timeoutMs: longest });
      // env(1): there is no such program.
      if (output === undefined || output.exitCode === 127) return undefined;
      if (output.exitCode !== 0) return verdict('portage', output);
    }
  }
  return { tool: 'portage', ok: true, said: '' };
}

function verdict(tool: Verdict['tool'], { exitCode, stdout, stderr }: Output): Verdict {
  return { tool, ok: exitCode === 0, said: exitCode === 0 ? '' : `${stdout}${stderr}`.trimEnd() };
}

/** Of those that are installed. */
export async function verdicts(host: Host, overlay: Overlay): Promise<readonly Verdict[]> {
  const found = [await pkgcheck(host, overlay), await portage(host, overlay)];
  return found.filter((each) => each !== undefined);
}
