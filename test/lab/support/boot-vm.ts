/** Boots a virtual machine and says so, for a test that ends this process. */
import { bootVirtualMachine } from '../../../src/lab/vm.ts';

await bootVirtualMachine({ cardPairs: 0 });
process.stdout.write('ready\n');
setInterval(() => undefined, 1000);
