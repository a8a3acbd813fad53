import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { applyPlan, locked, readManifest } from '../../../src/apply/index.ts';
import { realHost } from '../../../src/host/real.ts';
import { makePlan } from '../../../src/plan/plan.ts';
import type { DesiredTree } from '../../../src/tree/types.ts';
import { newTree, oldTree, treeContents } from './trees.ts';

const run = promisify(execFile);
const worker = join(import.meta.dirname, 'killed.ts');

let top: string;
let before: string;
let oldContents: Record<string, string>;
let newContents: Record<string, string>;

async function apply(root: string, tree: DesiredTree): Promise<void> {
  const host = realHost(root);
  await locked(host, () => applyPlan(makePlan(tree, readManifest(host), host), host));
}

/** Copies the old host, and gives the copy. */
function copied(name: string): string {
  const root = join(top, name);
  cpSync(before, root, { recursive: true, verbatimSymlinks: true });
  return root;
}

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'rc-lxc-killed-'));
  before = join(top, 'old');
  // Somebody else's line, and a rootfs that no apply may touch.
  mkdirSync(join(before, 'etc'), { recursive: true });
  writeFileSync(join(before, 'etc/subuid'), 'person:1000000:65536\n');
  await apply(before, oldTree);
  mkdirSync(join(before, 'var/lib/lxc/gone/rootfs/etc'), { recursive: true });
  oldContents = treeContents(before);
  const after = copied('new');
  await apply(after, newTree);
  newContents = treeContents(after);
});

afterAll(() => {
  rmSync(top, { recursive: true, force: true });
});

/** Runs the apply that kills itself; false when it came to its end before that. */
async function killed(root: string, at: number, when: 'before' | 'after'): Promise<boolean> {
  try {
    await run(process.execPath, ['--disable-warning=ExperimentalWarning', worker, root, String(at), when]);
    return false;
  } catch (error) {
    expect(error).toMatchObject({ signal: 'SIGKILL' });
    return true;
  }
}

describe('an apply that is killed', () => {
  it('differs in what it must not mix', () => {
    expect(oldContents).not.toEqual(newContents);
    expect(newContents['/etc/subuid']).toContain('person:1000000:65536');
    expect(newContents['/var/lib/lxc/gone/rootfs/etc/']).toBe('');
  });

  it.each(['before', 'after'] as const)(
    'leaves the old tree or the new one, %s each of its steps',
    { timeout: 120_000 },
    async (when) => {
      const outcomes = new Set<string>();
      let at = 1;
      for (; ; at += 1) {
        const root = copied(`${when}-${at}`);
        if (!(await killed(root, at, when))) break;
        const host = realHost(root);
        await locked(host, async () => undefined);
        const found = treeContents(root);
        const isOld = JSON.stringify(found) === JSON.stringify(oldContents);
        if (!isOld) expect(found, `killed ${when} step ${at}`).toEqual(newContents);
        outcomes.add(isOld ? 'old' : 'new');
        await apply(root, newTree);
        expect(treeContents(root), `applied again after step ${at}`).toEqual(newContents);
        rmSync(root, { recursive: true });
      }
      expect(at).toBeGreaterThan(30);
      expect([...outcomes].toSorted()).toEqual(['new', 'old']);
    },
  );

  it('loses no edit that was made after it was killed', { timeout: 120_000 }, async () => {
    const mine = 'mine, made between the break and the next run\n';
    for (let at = 5; ; at += 3) {
      const root = copied(`edited-${at}`);
      if (!(await killed(root, at, 'after'))) break;
      writeFileSync(join(root, 'etc/conf.d/lxc.web1'), mine);
      await apply(root, newTree);
      const found = treeContents(root);
      expect(found['/etc/conf.d/lxc.web1'], `killed after step ${at}`).toBe(`644 ${mine}`);
      expect(found['/etc/conf.d/._cfg0000_lxc.web1']).toBe('644 new settings\n');
      const { '/etc/conf.d/lxc.web1': _edited, '/etc/conf.d/._cfg0000_lxc.web1': _beside, ...rest } = found;
      const { '/etc/conf.d/lxc.web1': _new, ...wanted } = newContents;
      expect(rest).toEqual(wanted);
      rmSync(root, { recursive: true });
    }
  });
});
