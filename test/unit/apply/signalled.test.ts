import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { applyPlan, locked, readManifest } from '../../../src/apply/index.ts';
import { realHost } from '../../../src/host/real.ts';
import { makePlan } from '../../../src/plan/plan.ts';
import type { DesiredTree } from '../../../src/tree/types.ts';
import { newTree, oldTree, treeContents } from './trees.ts';

let top: string;
let oldContents: Record<string, string>;
let newContents: Record<string, string>;

const apply = (root: string, tree: DesiredTree): Promise<void> => {
  const host = realHost(root);
  return locked(host, () => applyPlan(makePlan(tree, readManifest(host), host), host));
};

function copied(name: string): string {
  cpSync(join(top, 'old'), join(top, name), { recursive: true, verbatimSymlinks: true });
  return join(top, name);
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly said: string;
}

/** An apply of the new tree in a process of its own. */
function child(root: string, ...args: readonly string[]): Promise<Ended> {
  const worker = join(import.meta.dirname, 'killed.ts');
  const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', worker, root, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  started.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  return new Promise((resolve) => started.once('close', (code, signal) => resolve({ code, signal, said })));
}

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), 'rc-lxc-signalled-'));
  mkdirSync(join(top, 'old/etc'), { recursive: true });
  writeFileSync(join(top, 'old/etc/subuid'), 'person:1000000:65536\n');
  await apply(join(top, 'old'), oldTree);
  oldContents = treeContents(join(top, 'old'));
  await apply(copied('new'), newTree);
  newContents = treeContents(join(top, 'new'));
});
afterAll(() => {
  rmSync(top, { recursive: true, force: true });
});

describe('an apply that gets SIGINT or SIGTERM', () => {
  it(
    'ends by itself in the old tree, and says so, or in the new one, and leaves nothing to clean up',
    { timeout: 120_000 },
    async () => {
      const outcomes = new Set<string>();
      for (let at = 3; ; at += 4) {
        const root = copied(`signal-${at}`);
        const signal = at % 8 === 3 ? 'SIGINT' : 'SIGTERM';
        const ended = await child(root, String(at), 'before', signal);
        if (ended.code === 0) break;
        const found = treeContents(root);
        const isOld = ended.code === 1;
        expect(found, `${signal} at ${at}`).toEqual(isOld ? oldContents : newContents);
        if (isOld) expect(ended.said).toContain('interrupted; nothing was changed');
        else expect(ended.signal).toBe(signal);
        expect(readdirSync(join(root, 'var/lib/rc-lxc')).filter((name) => name !== 'lock')).toEqual(['manifest.json']);
        outcomes.add(isOld ? 'old' : 'new');
        rmSync(root, { recursive: true });
      }
      expect([...outcomes].toSorted()).toEqual(['new', 'old']);
    },
  );
});

describe('applies at the same time', () => {
  it('are done one after another, or refused with the process that is at work', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 3; round += 1) {
      const root = copied(`together-${round}`);
      const ended = await Promise.all(Array.from({ length: 4 }, () => child(root, '0', 'before')));
      for (const { code, said } of ended) {
        if (code !== 0) expect([code, said]).toEqual([75, expect.stringMatching(/at work on this tree: process \d+/u)]);
      }
      expect(ended.some(({ code }) => code === 0)).toBe(true);
      expect(treeContents(root)).toEqual(newContents);
      expect(readdirSync(join(root, 'var/lib/rc-lxc'))).toEqual(['manifest.json']);
    }
  });
});
