/**
 * Writes the modules that hold the templates: what renders is pure and reads no file, and a bundle needs no folder
 * beside it. Man pages and completions, which are rendered when rc-lxc is built, have a module of their own that the
 * program does not load. `--check` exits 1 when one is out of date.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const whenBuilt = /^(?:man|completion)\//u;

/** Each module, and which templates it holds. */
export const targets = [
  { path: join(root, 'src/outputs/templates.generated.ts'), holds: (file: string) => !whenBuilt.test(file) },
  { path: join(root, 'src/manual/templates.generated.ts'), holds: (file: string) => whenBuilt.test(file) },
] as const;

export function generated({ holds }: Pick<(typeof targets)[number], 'holds'>): string {
  const folder = join(root, 'templates');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ejs'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => holds(file))
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
  for (const target of targets) {
    const text = generated(target);
    if (!process.argv.includes('--check')) writeFileSync(target.path, text);
    else if (readFileSync(target.path, 'utf8') !== text) {
      process.stderr.write(`${relative(root, target.path)} is out of date: run node build/templates.ts\n`);
      process.exitCode = 1;
    }
  }
}
