import type { Host, Output } from '../../host/types.ts';
import { ebuildPath } from '../../ebuild/overlay.ts';
import type { Overlay } from './state.ts';

/** What another program says of the overlay; undefined where it is not installed. */
export interface Verdict {
  readonly tool: 'pkgcheck' | 'portage';
  readonly ok: boolean;
  /** What it printed, where it found something. */
  readonly said: string;
}

const longest = 300_000;

/** Everything that pkgcheck gives the level of a warning or of an error. */
async function pkgcheck(host: Host, { top }: Overlay): Promise<Verdict | undefined> {
  const output = await host.run(
    ['pkgcheck', 'scan', '--repo', top, '--color', 'n', '--keywords=warning,error', '--exit=warning,error'],
    { timeoutMs: longest },
  );
  return output && verdict('pkgcheck', output);
}

/** Portage reads every ebuild, with the eclasses it inherits, and checks what it says of itself. */
async function portage(host: Host, { top, versions }: Overlay): Promise<Verdict | undefined> {
  for (const [name, all] of versions) {
    for (const version of all) {
      const path = `${top}/${ebuildPath(name, version)}`;
      if (host.look(path).kind === 'absent') continue;
      const output = await host.run(['ebuild', path, 'depend'], { timeoutMs: longest });
      if (output === undefined) return undefined;
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
