/**
 * Writes src/outputs/templates.generated.ts from templates/: what renders is pure and reads no file, and a bundle
 * needs no folder beside it. `--check` exits 1 when the module is out of date.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
export const target = join(root, 'src/outputs/templates.generated.ts');

export function generated(): string {
  const folder = join(root, 'templates');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ejs'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted();
  const entries = files.map((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return `  '${file.replace(/\.ejs$/u, '')}':\n${literal(text)},\n`;
  });
  return `// Generated from templates/ by build/templates.ts; edit those and run it again.\nexport const templates = {\n${entries.join('')}} as const;\n`;
}

/** A template a line a string, so that a change of one line is a change of one line here. */
function literal(text: string): string {
  const lines = text.split(/(?<=\n)/u).map((line) => `    ${JSON.stringify(line)}`);
  return lines.join(' +\n');
}

if (import.meta.main) {
  const text = generated();
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) {
    process.stderr.write('src/outputs/templates.generated.ts is out of date: run node build/templates.ts\n');
    process.exitCode = 1;
  }
}
