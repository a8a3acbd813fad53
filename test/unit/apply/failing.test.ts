import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { applyPlan, locked, readManifest } from '../../../src/apply/index.ts';
import { UserError } from '../../../src/base/errors.ts';
import { realHost } from '../../../src/host/real.ts';
import type { Host } from '../../../src/host/types.ts';
import { makePlan } from '../../../src/plan/plan.ts';
import type { DesiredTree } from '../../../src/tree/types.ts';
import { failing } from './failing.ts';
import { newTree, oldTree, treeContents } from './trees.ts';

let top: string;
let before: string;
let oldContents: Record<string, string>;
let newContents: Record<string, string>;

const apply = (host: Host, tree: DesiredTree): Promise<void> =>
  locked(host, () => applyPlan(makePlan(tree, readManifest(host), host), host));

function copied(name: string): string {
  const root = join(top, name);
  cpSync(before, root, { recursive: true, verbatimSymlinks: true });
  return root;
}

/** What the apply of the new tree threw, undefined when it came to its end. */
async function failure(host: Host): Promise<unknown> {
  try {
    await apply(host, newTree);
    return undefined;
  } catch (error) {
    return error;
  }
}

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'rc-lxc-failing-'));
  before = join(top, 'old');
  mkdirSync(join(before, 'etc'), { recursive: true });
  writeFileSync(join(before, 'etc/subuid'), 'person:1000000:65536\n');
  await apply(realHost(before), oldTree);
  oldContents = treeContents(before);
  const after = copied('new');
  await apply(realHost(after), newTree);
  newContents = treeContents(after);
});

afterAll(() => {
  rmSync(top, { recursive: true, force: true });
});

describe('an apply one of whose steps fails', () => {
  it('takes everything back and leaves nothing, whichever step it is', async () => {
    const outcomes: Record<string, number> = {};
    const outcome = (name: string): void => {
      outcomes[name] = (outcomes[name] ?? 0) + 1;
    };
    for (let at = 1; ; at += 1) {
      const root = copied(`once-${at}`);
      const { host } = failing(realHost(root), at, at);
      const error = await failure(host);
      const interrupted = existsSync(join(root, 'var/lib/rc-lxc/journal.json'));
      if (error === undefined) {
        expect(treeContents(root)).toEqual(newContents);
        break;
      }
      expect(error, `step ${at}`).toBeInstanceOf(UserError);
      // Where cleaning up failed the journal is there, and the next run does the rest. The very last step is behind that.
      const isNew = JSON.stringify(treeContents(root)) === JSON.stringify(newContents);
      if (!interrupted) {
        if (!isNew) expect(treeContents(root), `step ${at}`).toEqual(oldContents);
        expect(readdirSync(join(root, 'var/lib/rc-lxc')), `step ${at}`).toEqual(['manifest.json']);
      }
      outcome(interrupted ? 'left to the next run' : isNew ? 'new' : 'old');
      await apply(realHost(root), newTree);
      expect(treeContents(root), `applied again after step ${at}`).toEqual(newContents);
      rmSync(root, { recursive: true });
    }
    expect(outcomes['old']).toBeGreaterThan(30);
    expect(outcomes['new']).toBe(1);
  });

  it('is wholly old or wholly new after the next run when nothing at all can be written any more', async () => {
    const outcomes = new Set<string>();
    for (let at = 1; ; at += 1) {
      const root = copied(`never-${at}`);
      const { host } = failing(realHost(root), at, Infinity);
      const error = await failure(host);
      if (error === undefined) break;
      expect(error, `step ${at}`).toBeInstanceOf(UserError);
      await locked(realHost(root), async () => undefined);
      const found = treeContents(root);
      const isOld = JSON.stringify(found) === JSON.stringify(oldContents);
      if (!isOld) expect(found, `step ${at}`).toEqual(newContents);
      outcomes.add(isOld ? 'old' : 'new');
      rmSync(root, { recursive: true });
    }
    expect([...outcomes].toSorted()).toEqual(['new', 'old']);
  });

  it('is so, too, when the run that finishes or undoes it is broken off in its turn', async () => {
    for (let at = 9; ; at += 7) {
      const first = copied(`twice-${at}`);
      if ((await failure(failing(realHost(first), at, Infinity).host)) === undefined) break;
      for (let again = 1; ; again += 3) {
        const root = join(top, `twice-${at}-${again}`);
        cpSync(first, root, { recursive: true, verbatimSymlinks: true });
        const { host, calls } = failing(realHost(root), again, Infinity);
        await locked(host, async () => undefined).catch((error: unknown) => expect(error).toBeInstanceOf(UserError));
        await locked(realHost(root), async () => undefined);
        const found = treeContents(root);
        if (JSON.stringify(found) !== JSON.stringify(oldContents)) {
          expect(found, `step ${at}, then ${again}`).toEqual(newContents);
        }
        rmSync(root, { recursive: true });
        if (calls() < again) break;
      }
    }
  });

  it('keeps an edit that was made between two attempts', async () => {
    const mine = 'mine, made after the failure\n';
    for (let at = 5; ; at += 2) {
      const root = copied(`edited-${at}`);
      const { host } = failing(realHost(root), at, Infinity);
      if ((await failure(host)) === undefined) break;
      writeFileSync(join(root, 'etc/conf.d/lxc.web1'), mine);
      await apply(realHost(root), newTree);
      const found = treeContents(root);
      expect(found['/etc/conf.d/lxc.web1'], `step ${at}`).toBe(`644 ${mine}`);
      expect(found['/etc/conf.d/._cfg0000_lxc.web1'], `step ${at}`).toBe('644 new settings\n');
      rmSync(root, { recursive: true });
    }
  });
});
