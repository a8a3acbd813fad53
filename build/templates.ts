/**
 * Writes the modules that hold the templates: what renders is pure and reads no file, and a bundle needs no folder
 * beside it. Man pages and completions, which are rendered when rc-lxc is built, have a module of their own that the
 * program does not load; pages of the documentation and the descriptions they show have another. `--check` exits 1 when one is out of date.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const top = join(root, 'templates');
const whenBuilt = /^(?:man|completion)\//u;
const ofPages = /^docs\//u;

/** Each module, which templates it holds, and of what other folders the texts. */
export const targets = [
  {
    path: join(root, 'src/outputs/templates.generated.ts'),
    holds: (file: string) => !whenBuilt.test(file) && !ofPages.test(file),
  },
  { path: join(root, 'src/manual/templates.generated.ts'), holds: (file: string) => whenBuilt.test(file) },
  {
    path: join(root, 'src/docs/templates.generated.ts'),
    holds: (file: string) => ofPages.test(file),
    examples: 'docs/examples',
  },
  { path: join(root, 'src/docs/html/assets.generated.ts'), assets: 'docs/html' },
] as const;

interface Target {
  readonly holds?: (file: string) => boolean;
  /** Folders of descriptions, and of what a page of HTML has in it. */
  readonly examples?: string;
  readonly assets?: string;
}

export function generated({ holds, examples, assets }: Target): string {
  const parts = [
    ...(holds === undefined ? [] : [constant('templates', templatesThat(holds), withoutEnding)]),
    ...(assets === undefined ? [] : [constant('assets', filesBelow(assets, ''), (file) => basename(file))]),
    ...(examples === undefined
      ? []
      : [constant('examples', filesBelow(examples, '.ini'), (file) => basename(file, '.ini'))]),
  ];
  return `// Generated from templates/ by build/templates.ts; edit those and run it again.\n${parts.join('\n')}`;
}

const templatesThat = (holds: (file: string) => boolean): readonly string[] =>
  filesBelow('.', '.ejs').filter((file) => holds(file));

const withoutEnding = (file: string): string => file.replace(/(?:\.md)?\.ejs$/u, '');

/** In byte order; paths below templates/. */
function filesBelow(folder: string, ending: string): readonly string[] {
  return readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(top, join(entry.parentPath, entry.name)))
    .toSorted();
}

function constant(name: string, files: readonly string[], key: (file: string) => string): string {
  const entries = files.map((file) => `  '${key(file)}':\n${literal(readFileSync(join(top, file), 'utf8'))},\n`);
  return `export const ${name} = {\n${entries.join('')}} as const;\n`;
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
