import type { KnipConfig } from 'knip';

export default {
  // The last one is run by a test, in a process of its own.
  entry: ['src/main.ts', 'build/*.ts', 'bench/*.ts', 'test/**/*.test.ts', 'test/unit/apply/killed.ts'],
  project: ['src/**/*.ts', 'build/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts'],
  // Programs of the system that tests ask.
  ignoreBinaries: ['lxc-info', 'unshare'],
} satisfies KnipConfig;
