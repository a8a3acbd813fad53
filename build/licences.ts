/**
 * Writes src/ebuild/licences.generated.ts: the packages that the bundle holds, whose licences the ebuild's LICENSE
 * names. `--check` exits 1 when the module is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { form, makeBundle, packagesIn } from './bundle.ts';
import type { BundledPackage } from './bundle.ts';

export const target = join(import.meta.dirname, '../src/ebuild/licences.generated.ts');

export function generatedLicences(packages: readonly BundledPackage[]): string {
  const lines = packages.map(({ name, version, licence }) => {
    const fields = [name, version, licence].map((field) => `'${field}'`);
    return `  { name: ${fields[0]}, version: ${fields[1]}, licence: ${fields[2]} },\n`;
  });
  return `// Generated from the bundle by build/licences.ts; run it again when the packages change.\nexport const bundled = [\n${lines.join('')}] as const;\n`;
}

if (import.meta.main) {
  const bundle = await makeBundle();
  const { output } = await bundle.generate(form);
  const text = generatedLicences(packagesIn(output));
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) {
    process.stderr.write('src/ebuild/licences.generated.ts is out of date: run node build/licences.ts\n');
    process.exitCode = 1;
  }
}
