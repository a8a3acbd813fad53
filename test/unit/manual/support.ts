import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { builtFiles } from '../../../src/manual/index.ts';

const checkout = join(import.meta.dirname, '../../..');
const example = readFileSync(join(checkout, 'examples/excelsior/host.ini'), 'utf8');
const files = builtFiles({ version: '1.2.3', date: '2026-11-26' }, example);

/** One of the files that are made when rc-lxc is built. */
export function built(path: string): string {
  const file = files.find((each) => each.path === path);
  if (file === undefined) throw new Error(`${path} is not built`);
  return file.content;
}

export const pages = files.flatMap(({ path }) => (path.startsWith('man/') ? [path] : []));
