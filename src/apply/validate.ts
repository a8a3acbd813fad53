import { UserError, problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import type { Host, Output } from '../host/types.ts';
import type { DesiredRegular } from '../tree/types.ts';
import type { Staged } from './stage.ts';

interface Candidate {
  readonly path: string;
  readonly staged: string;
  readonly desired: DesiredRegular;
}

/** How many of LXC's processes run at once. */
const workers = 2;

/**
 * Has every staged file read by the program that will read it: `sh -n`, `nft -c`, LXC's parser. One that is not
 * installed cannot say, and is passed over; under another root nothing is asked.
 * @throws UserError with the place in the description that each refused file comes from.
 */
export async function validate(host: Host, staged: readonly Staged[]): Promise<void> {
  if (!host.live) return;
  const files = staged.flatMap(({ path, staged: place, change }) =>
    change !== undefined && 'desired' in change && change.desired.kind === 'file'
      ? [{ path, staged: place, desired: change.desired }]
      : [],
  );
  const of = (syntax: DesiredRegular['syntax']) => files.filter(({ desired }) => desired.syntax === syntax);
  const problems = [
    ...(await checkShell(host, of('sh'))),
    ...(await each(of('nft'), 1, (file) => checkNft(host, file))),
    ...(await each(of('lxc'), workers, (file) => checkLxc(host, file))),
  ];
  if (problems.length > 0) throw new UserError(problems);
}

/** One shell reads the names of all; each is parsed by a shell of its own, since a mistake may reach past its file's end. */
async function checkShell(host: Host, files: readonly Candidate[]): Promise<readonly Problem[]> {
  if (files.length === 0) return [];
  const script =
    'while IFS= read -r file; do said=$(sh -n "$file" 2>&1) || printf "%s\\t%s\\n" "$file" "$said" | tr "\\n" " "; done';
  const output = await host.run(['sh', '-c', script], { input: `${files.map(({ staged }) => staged).join('\n')}\n` });
  if (output === undefined || output.stdout === '') return [];
  const refused = files.filter(({ staged }) => output.stdout.includes(`${staged}\t`));
  return refused.map((file) => refusal(file, 'sh', output.stdout));
}

async function checkNft(host: Host, file: Candidate): Promise<Problem | undefined> {
  if (!host.isRoot) return undefined;
  return verdict(file, 'nft', await host.run(['nft', '-c', '-f', file.staged], { timeoutMs: 60_000 }));
}

/** `lxc-info -c` reads the whole configuration to answer for one key, and needs no container. */
async function checkLxc(host: Host, file: Candidate): Promise<Problem | undefined> {
  const argv = ['lxc-info', '--rcfile', file.staged, '-n', 'rc-lxc-check', '-c', 'lxc.uts.name'];
  return verdict(file, 'LXC', await host.run(argv, { timeoutMs: 30_000 }));
}

function verdict(file: Candidate, reader: string, output: Output | undefined): Problem | undefined {
  return output === undefined || output.exitCode === 0
    ? undefined
    : refusal(file, reader, `${output.stdout}${output.stderr}`);
}

function refusal(file: Candidate, reader: string, said: string): Problem {
  return problem('refused-by-reader', `${reader} does not accept ${file.path}: ${said.trim()}`, {
    where: file.desired.origin,
    hint: 'nothing was changed; look at what this section adds with raw lines, else report it: rc-lxc should have found it',
  });
}

async function each(
  files: readonly Candidate[],
  width: number,
  check: (file: Candidate) => Promise<Problem | undefined>,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const waiting = files.values();
  const work = async () => {
    for (const file of waiting) {
      const found = await check(file);
      if (found !== undefined) problems.push(found);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return problems;
}
