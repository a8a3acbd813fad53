import dependencyCache from '../../bench/results/dependency-cache.json' with { type: 'json' };
import networks from '../../bench/results/networks.json' with { type: 'json' };
import rules from '../../bench/results/rules.json' with { type: 'json' };
import serviceStart from '../../bench/results/service-start.json' with { type: 'json' };
import startup from '../../bench/results/startup.json' with { type: 'json' };
import tree from '../../bench/results/tree.json' with { type: 'json' };
import measuredNetworks from '../../docs/measurements/networks.json' with { type: 'json' };
import transcripts from '../../docs/measurements/transcripts.json' with { type: 'json' };
import { readMeasured } from './measured.ts';
import type { MeasuredNetworks } from './measured.ts';
import { checkNetworkFigures, ratioDistances, speedRows } from './network-figures.ts';
import type { NetworkFigures } from './network-figures.ts';

/** A command that root gave, and what it printed: stdout and stderr as they came, with its line end where it has one. */
export interface RecordedCommand {
  readonly command: string;
  readonly output: string;
  readonly exitCode: number;
}

/** What commands were recorded on; versions alone, as `5.0.2`. */
export interface RecordedOn {
  readonly date: string;
  readonly kernel: string;
  readonly openrc: string;
  readonly lxc: string;
  readonly nftables: string;
  readonly rcLxc: string;
}

/** The commands that pages give on one throw-away host, and which machine that was on. */
interface Session {
  readonly on: 'own' | 'virtual';
  readonly commands: readonly RecordedCommand[];
}

/** What docs/measurements/transcripts.json holds; sessions by example. */
export interface Transcripts {
  /** `virtual`: that of what the kernel of `own` lacks. */
  readonly machines: { readonly own: RecordedOn; readonly virtual?: RecordedOn };
  readonly sessions: Readonly<Record<string, Session>>;
}

/** What was measured and recorded, with machine and date; pages only show it. */
export interface Recorded {
  readonly transcripts: Transcripts;
  readonly measured: MeasuredNetworks;
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

/** @throws Error for a session whose machine is none of the two. */
function checkTranscripts(read: typeof transcripts): Transcripts {
  const sessions = Object.entries(read.sessions).map(([name, { on, commands }]) => {
    if (on !== 'own' && on !== 'virtual') throw new Error(`session ${name} was recorded on ${on}`);
    return [name, { on, commands }] as const;
  });
  return { machines: read.machines, sessions: Object.fromEntries(sessions) };
}

const bench = { dependencyCache, networks: speeds(networks), rules, serviceStart, startup, tree };

export const recorded: Recorded = {
  transcripts: checkTranscripts(transcripts),
  measured: readMeasured(measuredNetworks),
  bench,
};
