/**
 * Bundles the sources with their dependencies into dist/: plain JavaScript that needs Node and nothing else.
 * Every command is a chunk of its own, so that `rc-lxc --version` does not load what `apply` needs. Beside it: man pages
 * and completions.
 */
import { cpSync, rmSync } from 'node:fs';

import { rolldown } from 'rolldown';

import { writeManual } from './manual.ts';

rmSync('dist', { recursive: true, force: true });
const bundle = await rolldown({
  input: { main: 'src/main.ts' },
  platform: 'node',
  transform: { target: 'node20' },
});
const { output } = await bundle.write({
  dir: 'dist',
  format: 'esm',
  entryFileNames: '[name].mjs',
  chunkFileNames: '[name]-[hash].mjs',
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: false } },
});
// What the lab runs besides Node; src/lab/scripts.ts finds it here.
for (const name of ['boot.sh', 'inside.sh', 'agent', 'vm'])
  cpSync(`src/lab/${name}`, `dist/lab/${name}`, {
    recursive: true,
    filter: (path) => !/\.ts$|__pycache__$/u.test(path),
  });
// And what it proves, where the machine itself has none: src/lab/prove/scripts.ts.
for (const name of ['init.d', 'conf.d']) cpSync(name, `dist/lab/${name}`, { recursive: true });
const manual = writeManual('dist');
process.stdout.write(`dist: ${output.length + manual.length} files\n`);
