/**
 * Runs the sessions that are named, on the kernel that runs, and prints what build/measure.ts keeps of them
 * as JSON: in its virtual machine, for those that the machine's own kernel cannot run.
 */
import metadata from '../package.json' with { type: 'json' };
import { recordHere } from './measure/record.ts';

const recorded = await recordHere(metadata, process.argv.slice(2), (text) => process.stderr.write(`${text}\n`));
process.stdout.write(JSON.stringify(recorded));
