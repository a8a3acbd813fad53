/**
 * What pages show of the real world, made again: the commands of every example, with what they print, what every form of
 * every network type reaches and holds, and how fast it is. Writes docs/measurements/ and bench/results/; `rc-lxc docs
 * update` then renders it.
 * `node build/measure.ts networks` makes one part alone (`transcripts`, `networks`, `speeds`): the networks take some 15 minutes, most
 * of them in the emulated machine; with names of types behind it, those alone.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { benchNetworks } from '../bench/networks.ts';
import { benchRules } from '../bench/rules.ts';
import metadata from '../package.json' with { type: 'json' };
import { readMeasured } from '../src/docs/measured.ts';
import { throwawayRefusal } from '../src/lab/host.ts';
import { measureNetworks } from './measure/networks.ts';
import { recordAll } from './measure/record.ts';

const folder = resolve(import.meta.dirname, '../docs/measurements');

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function write(name: string, value: unknown): void {
  writeFileSync(join(folder, name), `${JSON.stringify(value, undefined, 2)}\n`);
  say(`written: docs/measurements/${name}`);
}

async function networks(types: readonly string[]): Promise<void> {
  const path = join(folder, 'networks.json');
  const before = existsSync(path) ? readMeasured(JSON.parse(readFileSync(path, 'utf8'))) : { machine: {}, types: {} };
  write('networks.json', await measureNetworks(metadata.version, before, types, say));
}

const parts: Readonly<Record<string, (more: readonly string[]) => Promise<void>>> = {
  transcripts: async () => write('transcripts.json', await recordAll(metadata, say)),
  networks,
  speeds: async () => {
    await benchNetworks();
    await benchRules();
  },
};

const [only, ...more] = process.argv.slice(2);
const refusal = throwawayRefusal();
const unknown = only !== undefined && parts[only] === undefined;
if (refusal !== undefined || unknown) {
  const why = unknown
    ? `there is no part ${only}; there are ${Object.keys(parts).join(', ')}`
    : `this machine ${refusal}`;
  process.stderr.write(`measure: ${why}\n`);
  process.exitCode = 1;
} else for (const [name, part] of Object.entries(parts)) if (only === undefined || only === name) await part(more);
