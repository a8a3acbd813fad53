/**
 * What pages show of the real world, made again: the commands of every example, with what they print. Writes
 * docs/measurements/; `rc-lxc docs update` then renders it.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import metadata from '../package.json' with { type: 'json' };
import { throwawayRefusal } from '../src/lab/host.ts';
import { recordAll } from './measure/record.ts';

const folder = resolve(import.meta.dirname, '../docs/measurements');

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function write(name: string, value: unknown): void {
  writeFileSync(join(folder, name), `${JSON.stringify(value, undefined, 2)}\n`);
  say(`written: docs/measurements/${name}`);
}

const refusal = throwawayRefusal();
if (refusal !== undefined) {
  process.stderr.write(`measure: this machine ${refusal}\n`);
  process.exitCode = 1;
} else write('transcripts.json', await recordAll(metadata, say));
