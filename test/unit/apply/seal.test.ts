import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { applyPlan, locked, readManifest, unchangedSince, writeSeal } from '../../../src/apply/index.ts';
import { realHost } from '../../../src/host/real.ts';
import { makePlan } from '../../../src/plan/plan.ts';
import { file, treeOf } from './trees.ts';

const tree = treeOf(
  Array.from({ length: 300 }, (_, index) => file(`/etc/conf.d/lxc.c${index}`, `settings of ${index}\n`)),
  [],
  { 'lxc.c1': 'default' },
);

let root: string;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'rc-lxc-seal-'));
  const host = realHost(root);
  await locked(host, async () => {
    await applyPlan(makePlan(tree, readManifest(host), host), host);
    await writeSeal(host, 'input', tree, []);
  });
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const holds = (input = 'input') => unchangedSince(realHost(root), input) !== undefined;
const conf = (index: number) => join(root, `etc/conf.d/lxc.c${index}`);

describe('the seal of a large tree', () => {
  it('holds while nothing changes', () => {
    expect(holds()).toBe(true);
  });

  it('does not hold for another description, other facts or another version', () => {
    expect(holds('another input')).toBe(false);
  });

  it.each([
    ['an edit of the same length', () => writeFileSync(conf(7), readFileSync(conf(7), 'utf8').replace('7', '8'))],
    ['a mode', () => chmodSync(conf(7), 0o600)],
    ['a file that is gone', () => rmSync(conf(299))],
    [
      'a link to a copy',
      () => {
        writeFileSync(join(root, 'copy'), readFileSync(conf(7)));
        rmSync(conf(7));
        symlinkSync(join(root, 'copy'), conf(7));
      },
    ],
    ['a runlevel link that is gone', () => rmSync(join(root, 'etc/runlevels/default/lxc.c1'))],
    ['another manifest', () => writeFileSync(join(root, 'var/lib/rc-lxc/manifest.json'), '{}')],
    ['an apply that was interrupted', () => writeFileSync(join(root, 'var/lib/rc-lxc/journal.json'), '{"version":1}')],
  ])('is broken by %s', (_, change) => {
    change();
    expect(holds()).toBe(false);
  });
});
