import { defineConfig, type OxlintOverride } from 'oxlint';

/**
 * Which module may import which: the table of the architecture, checked. A module may always import itself.
 * `types` are allowed as `import type` only.
 */
const mayImport: Record<string, { values: readonly string[]; types?: readonly string[] }> = {
  base: { values: [] },
  lxc: { values: ['base'] },
  // The names of the network types alone; no-cycle holds the rest.
  schema: { values: ['base', 'networks'] },
  networks: { values: ['base', 'schema', 'lxc'], types: ['resolve', 'tree'] },
  source: { values: ['base', 'schema', 'networks'] },
  resolve: { values: ['base', 'schema', 'networks', 'source', 'lxc'] },
  kernel: { values: ['base', 'networks'], types: ['resolve'] },
  outputs: { values: ['base', 'networks', 'resolve', 'lxc', 'tree'] },
  ebuild: { values: ['base', 'kernel', 'lxc', 'outputs'] },
  drawing: { values: ['base', 'networks', 'resolve'] },
  // The registry of commands is handed over, since one of them renders the pages.
  docs: {
    values: ['base', 'schema', 'networks', 'source', 'kernel', 'lxc', 'resolve', 'outputs', 'tree', 'drawing'],
    types: ['commands', 'lab'],
  },
  wiki: { values: ['base', 'docs'] },
  tree: { values: ['base'] },
  plan: { values: ['base', 'tree'] },
  host: { values: ['base'], types: ['plan', 'tree', 'wiki'] },
  apply: { values: ['base', 'plan', 'tree'], types: ['host'] },
  lab: { values: ['base', 'networks', 'resolve', 'outputs', 'tree', 'plan', 'apply', 'host'] },
  commands: {
    values: [
      'base',
      'lxc',
      'kernel',
      'ebuild',
      'schema',
      'networks',
      'source',
      'resolve',
      'kernel',
      'outputs',
      'tree',
      'plan',
      'apply',
      'lab',
      'drawing',
      'docs',
      'wiki',
    ],
    types: ['host'],
  },
  cli: { values: ['base', 'schema', 'commands'] },
  manual: {
    values: ['base', 'schema', 'networks', 'source', 'resolve', 'kernel', 'ebuild', 'outputs', 'commands', 'cli'],
  },
};

const modules = Object.keys(mayImport);

/** Matches a relative import that leaves the module for one of `targets`. */
const reaching = (targets: readonly string[]): string => `^(?:\\.\\./)+(?:${targets.join('|')})/`;

const fileSystem = ['fs', 'fs/promises', 'child_process', 'os', 'process'].flatMap((name) => [name, `node:${name}`]);

/** Only these touch the machine. */
const touchesTheMachine = new Set(['host', 'lab']);

const boundary = (module: string): OxlintOverride => {
  const { values, types = [] } = mayImport[module] ?? { values: [] };
  const open = new Set([module, ...values, ...types]);
  const closed = modules.filter((other) => !open.has(other));
  const message = `src/${module} may import ${[...values, ...types.map((type) => `types of ${type}`)].join(', ') || 'nothing of ours'}.`;
  const patterns = [
    { regex: reaching(closed), message },
    ...(types.length > 0 ? [{ regex: reaching(types), message, allowTypeImports: true }] : []),
    { regex: '^(?:\\.\\./)+main\\.ts$', message: 'Nothing imports main.' },
  ];
  const paths = touchesTheMachine.has(module)
    ? []
    : [...fileSystem, 'execa'].map((name) => ({
        name,
        message: 'Only src/host, src/lab and src/main.ts touch the machine.',
      }));
  return {
    files: [`src/${module}/**/*.ts`],
    rules: {
      'no-restricted-imports': ['error', { patterns, paths }],
      'no-restricted-globals': touchesTheMachine.has(module) ? 'off' : ['error', 'process'],
    },
  };
};

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'oxc', 'promise', 'node', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  ignorePatterns: ['dist/**', 'node_modules/**', '**/*.generated.ts'],
  rules: {
    'import/no-cycle': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    eqeqeq: 'error',
    'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
    'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
    // Steps that must follow one another are the rule here: a host is changed one thing at a time.
    'no-await-in-loop': 'off',
    // An exhaustive switch returns on every path; the compiler holds that (noImplicitReturns).
    'typescript/consistent-return': 'off',
    // What JSON.parse gives is ours: written by the same version, which is checked.
    'typescript/no-unsafe-type-assertion': 'off',
  },
  overrides: [
    ...modules.map((module) => boundary(module)),
    {
      files: ['test/**/*.ts', 'bench/**/*.ts'],
      rules: {
        'max-lines-per-function': 'off',
        // A function that several tests call to look at the same thing says so by its name.
        'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*'] }],
        'vitest/valid-expect': ['error', { maxArgs: 2 }],
        // Assertions over what a loop finds, or in a function that tests share.
        'vitest/no-conditional-expect': 'off',
        'vitest/no-standalone-expect': 'off',
        // What a describe sets up stands where it is used.
        'unicorn/consistent-function-scoping': 'off',
        // The host is an object of closures: nothing of it is bound to `this`.
        'typescript/unbound-method': 'off',
      },
    },
  ],
});
