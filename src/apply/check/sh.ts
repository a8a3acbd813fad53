import type { Problem } from '../../base/errors.ts';
import type { Host } from '../../host/types.ts';
import { checkDirectory, refusal, type Candidate } from './candidate.ts';

/**
 * One word when nothing is open before it; after an open ' " or ` each leads to a mistake, because the quote that
 * closes it leaves a bracket bare. Without it a quote that one script leaves open could be closed by the next.
 */
const nothingOpen = `: ")"')' '\`)'`;

/**
 * Scripts as one that a shell accepts only if it accepts each. The brackets hold what is left open or closed too often:
 * no single word of a script closes both, and a here-document without its end swallows them. It is only ever parsed.
 */
export function asOneScript(scripts: readonly string[]): string {
  return scripts.map((script) => `{ (\n:\n${script}\n${nothingOpen}\n) }\n`).join('');
}

/** All scripts are parsed by one shell; when that finds a mistake each half is, until it is known which they are in. */
export async function checkShell(host: Host, files: readonly Candidate[]): Promise<readonly Problem[]> {
  if (files.length === 0) return [];
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) return checkOne(host, only);
  const together = `${checkDirectory}/scripts`;
  host.write(together, asOneScript(files.map(({ desired }) => desired.content)), 0o600);
  const output = await host.run(['sh', '-n', together], { timeoutMs: 120_000 });
  if (output === undefined || output.exitCode === 0) return [];
  const half = Math.ceil(files.length / 2);
  return [...(await checkShell(host, files.slice(0, half))), ...(await checkShell(host, files.slice(half)))];
}

async function checkOne(host: Host, file: Candidate): Promise<readonly Problem[]> {
  const output = await host.run(['sh', '-n', file.staged], { timeoutMs: 30_000 });
  return output === undefined || output.exitCode === 0 ? [] : [refusal(file, 'sh', output.stderr)];
}
