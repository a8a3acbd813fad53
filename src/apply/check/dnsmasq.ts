import type { Problem } from '../../base/errors.ts';
import type { Host } from '../../host/types.ts';
import { refusal, type Candidate } from './candidate.ts';

/** Reads the configuration alone: what it names may not be there yet. */
export async function checkDnsmasq(host: Host, files: readonly Candidate[]): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const file of files) {
    const output = await host.run(['dnsmasq', '--test', `--conf-file=${file.staged}`], { timeoutMs: 60_000 });
    if (output === undefined || output.exitCode === 0) continue;
    problems.push(refusal(file, 'dnsmasq', output.stderr));
  }
  return problems;
}
