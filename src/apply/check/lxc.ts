import type { Problem } from '../../base/errors.ts';
import type { Host } from '../../host/types.ts';
import { checkDirectory, refusal, type Candidate } from './candidate.ts';

/** How many of LXC's processes run at once. */
const workers = 2;

/** LXC takes no notice of what does not begin with `lxc.`, and refuses a whole file for one key that it does not know. */
const broken = 'lxc.no-such-key = 1\n';

/** Where LXC leaves a lock file for every container that it was asked about (lxclock.c). */
const locks = `/run/lxc/lock${checkDirectory}`;

/**
 * `lxc-ls` reads the configuration of every container below a path and lists those it could load: one process for all.
 * They are laid out as containers, and with them one that it must not list, so that an lxc-ls which does not read them
 * is found out. What it did not list is asked about one by one.
 */
export async function checkLxc(host: Host, files: readonly Candidate[]): Promise<readonly Problem[]> {
  if (files.length === 0) return [];
  const names = files.map((_, index) => `c${index}`);
  for (const [index, file] of files.entries()) layOut(host, names[index] ?? '', file);
  host.makeDirectory(`${checkDirectory}/broken`);
  host.write(`${checkDirectory}/broken/config`, broken, 0o600);
  const output = await host.run(['lxc-ls', '-P', checkDirectory, '-1'], { timeoutMs: 300_000 });
  const listed = new Set(output?.stdout.split(/\s+/u));
  const trusted = !listed.has('broken');
  const doubtful = files.filter((_, index) => !trusted || !listed.has(names[index] ?? ''));
  const problems = await oneByOne(host, doubtful);
  host.removeTree(locks);
  host.removeEmptyDirectory(locks.slice(0, locks.lastIndexOf('/')));
  return problems;
}

function layOut(host: Host, name: string, file: Candidate): void {
  host.makeDirectory(`${checkDirectory}/${name}`);
  host.symlink(file.staged, `${checkDirectory}/${name}/config`);
}

/** `lxc-info -c` reads the whole configuration to answer for one key, and needs no container. */
async function oneByOne(host: Host, files: readonly Candidate[]): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const waiting = files.entries();
  const work = async (): Promise<void> => {
    for (const [index, file] of waiting) {
      // Its reasons go to a log file alone, never to its output.
      const log = `${checkDirectory}/${index}.log`;
      const argv = ['lxc-info', '--rcfile', file.staged, '-n', 'rc-lxc-check', '-P', checkDirectory];
      const output = await host.run([...argv, '-c', 'lxc.uts.name', '-l', 'ERROR', '-o', log], { timeoutMs: 30_000 });
      if (output === undefined || output.exitCode === 0) continue;
      problems.push(refusal(file, 'LXC', reasons(host.readText(log) ?? '') ?? output.stderr));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return problems;
}

/** What follows `../src/lxc/FILE.c:FUNCTION:LINE - ` in each line of LXC's log: the rest is for its authors. */
function reasons(log: string): string | undefined {
  const found = Array.from(log.matchAll(/\.c:\w+:\d+ - (.*)$/gmu), (match) => match[1]);
  return found.length === 0 ? undefined : found.join('; ');
}
