import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { formatProblems } from '../../src/base/report.ts';
import { desiredTree } from '../../src/outputs/index.ts';
import type { HostFacts } from '../../src/resolve/model.ts';
import { resolve } from '../../src/resolve/resolve.ts';
import type { Resolved } from '../../src/resolve/resolve.ts';
import { parseSource } from '../../src/source/parse.ts';
import type { SourceFile } from '../../src/source/types.ts';
import type { DesiredTree } from '../../src/tree/types.ts';

/**
 * A case is a directory: `input.ini` (and `more/*.ini`, read after it), `facts.json` where the machine matters, and
 * `expected/` with the exact tree, or `stderr.txt`, or both. A line `; expect: CODE, CODE` says what is found on the
 * next line that is no such comment. `fix.ini` is the input with the hints followed: nothing is found in it.
 */
const cases = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .toSorted();

/** What a host answers where the description is silent, unless the case has its own. */
const usualFacts: HostFacts = { installedLxc: '7.0.0', newuidmap: true, netifrc: false, cgroup1Controllers: [] };

function read(directory: string, file: string): string {
  return readFileSync(join(directory, file), 'utf8');
}

function resolveCase(directory: string, main: string): Resolved & { readonly sources: readonly SourceFile[] } {
  const more = existsSync(join(directory, 'more')) ? readdirSync(join(directory, 'more')).toSorted() : [];
  const sources = [
    { path: 'host.ini', text: read(directory, main) },
    ...more.map((file) => ({ path: `host.ini.d/${file}`, text: read(directory, `more/${file}`) })),
  ];
  const facts: HostFacts = existsSync(join(directory, 'facts.json'))
    ? JSON.parse(read(directory, 'facts.json'))
    : usualFacts;
  return { ...resolve(parseSource(sources), facts), sources };
}

/** `LINE CODE` of every `; expect:` comment of the main file, sorted. */
function expectations(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines
    .flatMap((line, index) => {
      const codes = /^; expect: (.+)$/u.exec(line)?.[1];
      const after = lines.findIndex((other, at) => at > index && !other.startsWith('; expect:'));
      return codes === undefined ? [] : codes.split(', ').map((code) => `${after + 1} ${code}`);
    })
    .toSorted();
}

/** Everything of the tree that its files do not show: modes, links, lines, runlevels, templates. */
function listing(tree: DesiredTree): string {
  const files = tree.files.map((file) => {
    if (file.kind === 'link') return `link ${file.path} -> ${file.target}`;
    const services = file.services.length === 0 ? '' : `  (${file.services.join(' ')})`;
    return file.kind === 'lines' ? `lines ${file.path}` : `${file.mode.toString(8)}  ${file.path}${services}`;
  });
  const runlevels = [...tree.runlevels].map(([service, runlevel]) => `runlevel ${runlevel}: ${service}`);
  const containers = tree.containers.map(
    ({ name, lxcPath, rootfs, template }) => `container ${name}: ${lxcPath} ${rootfs} ${template ?? '-'}`,
  );
  return [...files, ...runlevels, ...containers, ''].join('\n');
}

function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length))
    .toSorted();
}

describe.each(cases)('%s', (name) => {
  const directory = join(import.meta.dirname, name);
  const expected = join(directory, 'expected');
  const { model, problems, sources } = resolveCase(directory, 'input.ini');

  it('finds what is expected, where it is expected', async () => {
    const found = problems.filter(({ where }) => where === undefined || where.file === 'host.ini');
    expect(found.map(({ where, code }) => `${where?.line} ${code}`).toSorted()).toEqual(
      expectations(sources[0]?.text ?? ''),
    );
    if (problems.length === 0) expect(existsSync(join(directory, 'stderr.txt'))).toBe(false);
    else await expect(`${formatProblems(problems)}\n`).toMatchFileSnapshot(join(directory, 'stderr.txt'));
  });

  const fixed = existsSync(join(directory, 'fix.ini')) ? it : undefined;
  fixed?.('is right once the hints are followed', () => {
    expect(formatProblems(resolveCase(directory, 'fix.ini').problems)).toBe('');
  });

  const rendered = existsSync(expected) ? it : undefined;
  rendered?.('asks for exactly the expected tree', async () => {
    if (model === undefined) throw new Error(formatProblems(problems));
    const tree = desiredTree(model);
    await expect(listing(tree)).toMatchFileSnapshot(join(expected, 'TREE'));
    const written = tree.files.filter((file) => file.kind !== 'link');
    for (const file of written) {
      const content = file.kind === 'lines' ? `${file.lines.join('\n')}\n` : file.content;
      await expect(content).toMatchFileSnapshot(join(expected, file.path));
    }
    expect(filesBelow(expected)).toEqual(['/TREE', ...written.map((file) => file.path)].toSorted());
  });
});
