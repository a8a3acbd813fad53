/**
 * Writes dist/man and dist/completion: man pages and completions, from the registries of the program. Their date is that
 * of the release, so that the same sources give the same bytes.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import metadata from '../package.json' with { type: 'json' };
import { builtFiles } from '../src/manual/index.ts';
import { epoch } from './epoch.ts';

const root = join(import.meta.dirname, '..');

/** Below `directory`; gives their paths there. */
export function writeManual(directory: string): readonly string[] {
  const date = new Date(epoch() * 1000).toISOString().slice(0, 10);
  const example = readFileSync(join(root, 'examples/excelsior/host.ini'), 'utf8');
  const files = builtFiles({ version: metadata.version, date }, example);
  for (const { path, content } of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return files.map(({ path }) => path);
}

if (import.meta.main) writeManual(join(root, 'dist'));
