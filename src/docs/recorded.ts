import dependencyCache from '../../bench/results/dependency-cache.json' with { type: 'json' };
import networks from '../../bench/results/networks.json' with { type: 'json' };
import rules from '../../bench/results/rules.json' with { type: 'json' };
import serviceStart from '../../bench/results/service-start.json' with { type: 'json' };
import startup from '../../bench/results/startup.json' with { type: 'json' };
import tree from '../../bench/results/tree.json' with { type: 'json' };
import { checkNetworkFigures, ratioDistances, speedRows } from './network-figures.ts';
import type { NetworkFigures } from './network-figures.ts';

/** One command of a step, and what it printed: stdout and stderr as they came. */
interface RecordedCommand {
  readonly command: string;
  readonly output: string;
}

/** A step of an example as it was run on a throw-away host; `user`: at whose prompt. */
interface Transcript {
  readonly example: string;
  readonly step: string;
  readonly user: 'root' | 'user';
  readonly commands: readonly RecordedCommand[];
}

/** What was measured and recorded, with machine and date; pages only show it. */
export interface Recorded {
  readonly transcripts: readonly Transcript[];
  readonly bench: typeof bench;
}

/** The figures of the network types, with what pages show of them. */
function speeds(read: NetworkFigures) {
  checkNetworkFigures(read);
  const distances = (key: Parameters<typeof ratioDistances>[1]): readonly number[] => ratioDistances(read, key);
  return {
    ...read,
    rows: speedRows(read),
    distances: { throughput: distances('throughputRatio'), latency: distances('latencyRatio') },
  };
}

const bench = { dependencyCache, networks: speeds(networks), rules, serviceStart, startup, tree };

export const recorded: Recorded = { transcripts: [], bench };
