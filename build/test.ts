/**
 * Every test: the groups of vitest.config.ts side by side, each with as many workers as it says. What the first says is
 * shown as it comes, and then what the others said, which give way to it: emulation knows no hurry, and hosts in namespaces
 * time what they see. Ends with one line of all: `N passed, N failed[, N skipped]`.
 */
import { setPriority } from 'node:os';

import { execa } from 'execa';

const groups = [['unit', 'lab'], ['vm']] as const;

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const line = /^(?<passed>\d+) passed, (?<failed>\d+) failed(?:, (?<skipped>\d+) skipped)?$/gmu;

/** What the last line of a run says (summary-reporter.ts). One that says nothing, or failed without saying of what, has failed. */
function countOf(output: string, exitCode: number | undefined): Count {
  const { passed = 0, failed = 0, skipped = 0 } = [...output.matchAll(line)].at(-1)?.groups ?? {};
  const counted = { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
  const isGood = exitCode === 0 && counted.passed + counted.skipped > 0;
  return isGood || counted.failed > 0 ? counted : { ...counted, failed: 1 };
}

const runs = groups.map((projects, at) =>
  execa('vitest', ['run', ...projects.map((name) => `--project=${name}`)], {
    preferLocal: true,
    all: true,
    reject: false,
    stdin: 'ignore',
    ...(at === 0 ? { stdout: ['inherit', 'pipe'], stderr: ['inherit', 'pipe'] } : {}),
  }),
);

for (const { pid } of runs.slice(1)) if (pid !== undefined) setPriority(pid, 5);

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const [at, run] of runs.entries()) {
  const { all, exitCode } = await run;
  if (at > 0) process.stdout.write(`\n${all}\n`);
  const count = countOf(all, exitCode);
  for (const key of ['passed', 'failed', 'skipped'] as const) sum[key] += count[key];
}
const skipped = sum.skipped > 0 ? `, ${String(sum.skipped)} skipped` : '';
process.stdout.write(`\n${String(sum.passed)} passed, ${String(sum.failed)} failed${skipped}\n`);
process.exitCode = sum.failed > 0 ? 1 : 0;
