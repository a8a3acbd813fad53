/**
 * Bundles the sources with their dependencies into dist/: plain JavaScript that needs Node and nothing else, and the
 * licences of what is in it. Beside it: man pages and completions.
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';

import { form, licenceText, makeBundle, packagesIn } from './bundle.ts';
import { writeManual } from './manual.ts';

rmSync('dist', { recursive: true, force: true });
const bundle = await makeBundle();
const { output } = await bundle.write({ dir: 'dist', ...form });
// What the lab runs besides Node; src/lab/scripts.ts finds it here.
for (const name of ['boot.sh', 'inside.sh', 'agent', 'vm'])
  cpSync(`src/lab/${name}`, `dist/lab/${name}`, {
    recursive: true,
    filter: (path) => !/\.ts$|__pycache__$/u.test(path),
  });
// And what it proves, where the machine itself has none: src/lab/prove/scripts.ts.
for (const name of ['init.d', 'conf.d']) cpSync(name, `dist/lab/${name}`, { recursive: true });
const packages = packagesIn(output);
mkdirSync('dist/licences');
for (const each of packages) {
  const file = `${each.name.replace('/', '-')}-${each.version}.txt`;
  writeFileSync(`dist/licences/${file}`, licenceText(each));
}
const list = packages.map(({ name, version, licence }) => `${name} ${version}: ${licence}\n`);
writeFileSync('dist/licences/LIST', list.join(''));
const manual = writeManual('dist');
process.stdout.write(`dist: ${output.length + manual.length} files, ${packages.length} bundled packages\n`);
