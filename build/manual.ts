/**
 * Writes dist/man and dist/completion: man pages and completions, from the registries of the program. Their date is that
 * of SOURCE_DATE_EPOCH, else of the commit, so that the same sources give the same bytes.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import metadata from '../package.json' with { type: 'json' };
import { builtFiles } from '../src/manual/index.ts';

const root = join(import.meta.dirname, '..');

/** Where there is neither, as in an unpacked archive, a date that is the same everywhere. */
function seconds(): number {
  const given = process.env['SOURCE_DATE_EPOCH'];
  if (given !== undefined && /^\d+$/u.test(given)) return Number(given);
  try {
    return Number(
      execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return 0;
  }
}

/** Below `directory`; gives their paths there. */
export function writeManual(directory: string): readonly string[] {
  const date = new Date(seconds() * 1000).toISOString().slice(0, 10);
  const example = readFileSync(join(root, 'examples/excelsior/host.ini'), 'utf8');
  const files = builtFiles({ version: metadata.version, date }, example);
  for (const { path, content } of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return files.map(({ path }) => path);
}

if (import.meta.main) writeManual(join(root, 'dist'));
