import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const cores = availableParallelism();

/** Those that need the virtual machine. */
const inVm = 'test/lab/{vm,vm-*,*-vm}.test.ts';

// A project's tests wait for others' as long as they are in one group. `make test` runs the groups side by side.
export default defineConfig({
  test: {
    reporters: ['default', './build/summary-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          // A machine may be busy with other things: none of these takes a second by itself.
          testTimeout: 30_000,
          include: [
            'test/unit/**/*.test.ts',
            'test/contract/**/*.test.ts',
            'test/cases/*.test.ts',
            'test/cli/**/*.test.ts',
          ],
          maxWorkers: Math.ceil(1.5 * cores),
        },
      },
      {
        // Each boots hosts of its own in namespaces, which share nothing but the processors, and wait most of the time.
        test: {
          name: 'lab',
          include: ['test/lab/**/*.test.ts', 'test/packaging/**/*.test.ts'],
          exclude: [inVm],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // How long is waited for what must come: the machine is busy.
          expect: { poll: { timeout: 10_000 } },
          maxWorkers: Math.ceil(1.5 * cores),
        },
      },
      {
        // An emulated machine keeps somewhat less than one processor busy.
        test: {
          name: 'vm',
          include: [inVm],
          maxWorkers: Math.max(1, Math.floor(cores / 2)),
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
