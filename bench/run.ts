/** Every benchmark, or those that are named: `node bench/run.ts startup tree`. Results go to bench/results/. */
import { throwawayRefusal } from '../src/lab/host.ts';
import { benchDependencyCache } from './dependency-cache.ts';
import { benchNetworks } from './networks.ts';
import { benchRules } from './rules.ts';
import { benchServiceStart } from './service-start.ts';
import { benchStartup } from './startup.ts';
import { benchTree } from './tree.ts';

const all: readonly { name: string; needsHost: boolean; run: () => void | Promise<void> }[] = [
  { name: 'startup', needsHost: false, run: benchStartup },
  { name: 'tree', needsHost: false, run: benchTree },
  { name: 'service-start', needsHost: true, run: benchServiceStart },
  { name: 'networks', needsHost: true, run: benchNetworks },
  { name: 'rules', needsHost: true, run: benchRules },
  { name: 'dependency-cache', needsHost: true, run: benchDependencyCache },
];

const named = process.argv.slice(2);
const refusal = throwawayRefusal();
for (const bench of all) {
  if (named.length > 0 && !named.includes(bench.name)) continue;
  if (bench.needsHost && refusal !== undefined) process.stderr.write(`skipped: ${bench.name}: ${refusal}\n`);
  else await bench.run();
}
