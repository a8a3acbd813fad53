import { defineConfig } from 'vitest/config';

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
        },
      },
      {
        // Each boots hosts of its own in namespaces; one file after another, since they measure and share two cores.
        test: {
          name: 'lab',
          include: ['test/lab/**/*.test.ts', 'test/packaging/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
