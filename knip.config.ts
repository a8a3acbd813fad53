import type { KnipConfig } from 'knip';

export default {
  // The last ones are run by tests, in processes of their own.
  entry: [
    'src/main.ts',
    'build/*.ts',
    'bench/*.ts',
    'test/**/*.test.ts',
    'test/unit/apply/killed.ts',
    'test/lab/support/{boot-vm,host-on-cards,logged-drops,tags-on-card}.ts',
  ],
  project: ['src/**/*.ts', 'build/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts'],
  // Programs of the system.
  ignoreBinaries: ['dmesg', 'dnsmasq', 'ip', 'lxc-info', 'mandoc', 'php', 'setpriv', 'shellcheck', 'unshare', 'xz'],
} satisfies KnipConfig;
