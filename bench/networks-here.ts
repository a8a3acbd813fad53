/** Measures the network types on the kernel that runs, and prints what bench/networks.ts gathers: for its virtual machine. */
import { measureHere } from './network-measure.ts';

const measured = await measureHere((text) => process.stderr.write(`${text}\n`));
process.stdout.write(`${JSON.stringify(measured)}\n`);
