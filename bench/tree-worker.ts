/**
 * One measurement in a process of its own: `tree-worker.ts WORK SOURCE DIRECTORY`. Prints milliseconds, peak memory and
 * what was written or read. `plan` and `read` work on a tree that the first of them applies, outside the measured time.
 */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { applyCommand } from '../src/commands/apply.ts';
import { planCommand } from '../src/commands/plan.ts';
import { treeEntries } from '../src/commands/render.ts';
import type { Context, TreeEntry } from '../src/commands/types.ts';
import { readSources, writeTree } from '../src/host/user-files.ts';
import { desiredTree } from '../src/outputs/index.ts';
import { realContext } from '../src/real-context.ts';
import { resolve } from '../src/resolve/resolve.ts';
import { parseSource } from '../src/source/parse.ts';
import type { DesiredTree } from '../src/tree/types.ts';

const [work = '', source = '', directory = ''] = process.argv.slice(2);

function tree(): DesiredTree {
  const { model, problems } = resolve(parseSource(readSources(source)), {});
  if (model === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return desiredTree(model);
}

/** As plain as it can be: one mkdir a folder, one write a file. */
function plainWrite(top: string, entries: readonly TreeEntry[]): void {
  const made = new Set<string>();
  for (const entry of entries) {
    const path = top + entry.path;
    const parent = dirname(path);
    if (!made.has(parent)) {
      mkdirSync(parent, { recursive: true });
      made.add(parent);
    }
    if ('target' in entry) symlinkSync(entry.target, path);
    else writeFileSync(path, entry.content);
  }
}

/** The commands themselves, as they run for real, on the tree below the directory. */
const context = (): Context =>
  realContext(
    { config: source, root: directory, json: false },
    { out: () => undefined, error: () => undefined, width: 80, colour: false, interactive: true },
    'bench',
  );

async function applied(): Promise<DesiredTree> {
  if (!existsSync(directory)) {
    mkdirSync(directory);
    await applyCommand.run(context(), [], {});
  }
  return tree();
}

async function planAgain(): Promise<void> {
  const { exitCode } = await planCommand.run(context(), [], { exitCode: true });
  if (exitCode !== 0) throw new Error('the plan has changes');
}

async function prepared(): Promise<() => void | Promise<void>> {
  if (work === 'render') return () => writeTree(directory, treeEntries(tree()));
  if (work === 'write') {
    const entries = treeEntries(tree());
    return () => plainWrite(directory, entries);
  }
  const paths = (await applied()).files.flatMap((file) => (file.kind === 'file' ? [directory + file.path] : []));
  if (work === 'plan') return planAgain;
  return () => {
    for (const path of paths) readFileSync(path, 'utf8');
  };
}

const run = await prepared();
const began = performance.now();
await run();
const milliseconds = performance.now() - began;
const written = treeEntries(tree());
process.stdout.write(
  JSON.stringify({
    milliseconds,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    files: written.length,
    bytes: written.reduce((sum, entry) => sum + ('content' in entry ? Buffer.byteLength(entry.content) : 0), 0),
  }),
);
