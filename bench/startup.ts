import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { checkout, median, round, writeResult } from './support.ts';

const rounds = 31;

function timed(argv: readonly string[]): number {
  const began = performance.now();
  const { status } = spawnSync(process.execPath, argv, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${argv.join(' ')} failed`);
  return performance.now() - began;
}

/** `rc-lxc --version`, and a command that resolves nothing, against a Node that does nothing; taken in turns. */
export function benchStartup(): void {
  const main = join(checkout, 'dist/main.mjs');
  const times: Record<'node' | 'version' | 'help', number[]> = { node: [], version: [], help: [] };
  for (let index = 0; index < rounds; index += 1) {
    times.node.push(timed(['-e', '0']));
    times.version.push(timed([main, '--version']));
    times.help.push(timed([main, '--help']));
  }
  const node = median(times.node);
  writeResult('startup', 'start-up of the installed program, median of whole processes, as a ratio to node -e 0', {
    rounds,
    nodeMilliseconds: round(node),
    versionRatio: round(median(times.version) / node),
    helpRatio: round(median(times.help) / node),
  });
}
