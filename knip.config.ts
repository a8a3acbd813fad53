import type { KnipConfig } from 'knip';

export default {
  entry: ['src/main.ts', 'build/*.ts', 'bench/*.ts', 'test/**/*.test.ts'],
  project: ['src/**/*.ts', 'build/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts'],
  // `node` is the run-time that the npm scripts find in node_modules/.bin; oxlint calls tsgolint by itself.
  ignoreDependencies: ['node', 'oxlint-tsgolint'],
} satisfies KnipConfig;
