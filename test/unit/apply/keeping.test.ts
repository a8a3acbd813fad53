import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { applyPlan, fingerprintOf, locked, readManifest, unchangedSince, writeSeal } from '../../../src/apply/index.ts';
import { realHost } from '../../../src/host/real.ts';
import { makePlan } from '../../../src/plan/plan.ts';
import type { Plan } from '../../../src/plan/types.ts';
import type { DesiredTree } from '../../../src/tree/types.ts';
import { file, lines, link, treeContents, treeOf } from './trees.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rc-lxc-keeping-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const conf = '/etc/conf.d/lxc.a';

function planned(tree: DesiredTree): Plan {
  const host = realHost(root);
  return makePlan(tree, readManifest(host), host);
}

async function apply(tree: DesiredTree): Promise<void> {
  await locked(realHost(root), () => applyPlan(planned(tree), realHost(root)));
}

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(root + path), { recursive: true });
  writeFileSync(root + path, content);
}

const text = (path: string): string => readFileSync(root + path, 'latin1');

describe('what a person has done to a file', () => {
  it('is adopted when it is what the description wants by now, and the file is ours again from then on', async () => {
    await apply(treeOf([file(conf, 'one\n')]));
    put(conf, 'two\n');
    await apply(treeOf([file(conf, 'two\n')]));
    await apply(treeOf([file(conf, 'three\n')]));
    expect(treeContents(root)[conf]).toBe('644 three\n');
  });

  it('is kept, the new version offered beside it once, also to a link that somebody put there', async () => {
    await apply(treeOf([file(conf, 'one\n')]));
    rmSync(root + conf);
    symlinkSync('../elsewhere', root + conf);
    for (let times = 0; times < 2; times += 1) await apply(treeOf([file(conf, 'two\n')]));
    expect(readdirSync(join(root, 'etc/conf.d'))).toEqual(['._cfg0000_lxc.a', 'lxc.a']);
    expect(lstatSync(root + conf).isSymbolicLink()).toBe(true);
    expect(text('/etc/conf.d/._cfg0000_lxc.a')).toBe('two\n');
    // dispatch-conf moves the offer over the file.
    rmSync(root + conf);
    put(conf, 'two\n');
    rmSync(`${root}/etc/conf.d/._cfg0000_lxc.a`);
    await apply(treeOf([file(conf, 'two\n')]));
    await apply(treeOf([]));
    expect(existsSync(root + conf)).toBe(false);
  });

  it('is undone by a person, too: a file that was removed is made again', async () => {
    const tree = treeOf([file(conf, 'one\n'), link('/etc/init.d/net.br-a', 'net.lo')]);
    await apply(tree);
    rmSync(root + conf);
    rmSync(`${root}/etc/init.d/net.br-a`);
    await apply(tree);
    expect(treeContents(root)).toMatchObject({ [conf]: '644 one\n', '/etc/init.d/net.br-a': '-> net.lo' });
  });
});

describe('a file that only holds lines of ours', () => {
  const wanted = treeOf([lines('/etc/subuid', 'root:1:1')]);

  it('keeps every byte of the rest, UTF-8 or not, and its mode', async () => {
    const rest = Uint8Array.from([0x61, 0xe9, 0x3a, 0x0d, 0x0a, 0x00, 0xff, 0x0a]);
    put('/etc/subuid', rest);
    chmodSync(`${root}/etc/subuid`, 0o640);
    await apply(wanted);
    expect(text('/etc/subuid')).toBe(`${Buffer.from(rest).toString('latin1')}root:1:1\n`);
    expect(statSync(`${root}/etc/subuid`).mode & 0o777).toBe(0o640);
    await apply(treeOf([]));
    expect(new Uint8Array(readFileSync(`${root}/etc/subuid`))).toEqual(rest);
  });

  it('goes with the last of them when we made it, and stays when somebody has added to it', async () => {
    await apply(wanted);
    await apply(treeOf([]));
    expect(existsSync(`${root}/etc`)).toBe(false);
    await apply(wanted);
    put('/etc/subuid', 'root:1:1\nperson:2:2\nroot:1:1\n');
    await apply(treeOf([]));
    expect(text('/etc/subuid')).toBe('root:1:1\nperson:2:2\n');
  });
});

describe('an apply', () => {
  it('writes nothing when there is nothing to write', async () => {
    const tree = treeOf([file(conf, 'one\n'), lines('/etc/subuid', 'root:1:1')], ['a'], { 'lxc.a': 'default' });
    await apply(tree);
    const manifest = statSync(join(root, 'var/lib/rc-lxc/manifest.json'));
    await apply(tree);
    expect(statSync(join(root, 'var/lib/rc-lxc/manifest.json'))).toMatchObject({
      ino: manifest.ino,
      ctimeMs: manifest.ctimeMs,
    });
    expect(manifest.mode & 0o777).toBe(0o600);
  });

  it('gives modes whatever the umask is, and lets nobody but root into the directory of a container', async () => {
    const owned = {
      name: 'b',
      service: 'lxc.b',
      lxcPath: '/var/lib/lxc',
      rootfs: '/var/lib/lxc/b/rootfs',
      idMap: { base: 1, count: 1 },
    };
    const tree = treeOf(
      [file(conf, 'one\n', 0o640), file('/var/lib/lxc/a/config', ''), file('/var/lib/lxc/b/config', '')],
      ['a'],
    );
    const before = process.umask(0o077);
    try {
      await apply({ ...tree, containers: [...tree.containers, owned] });
    } finally {
      process.umask(before);
    }
    const modes = ['/etc', '/etc/conf.d', conf, '/var/lib/lxc', '/var/lib/lxc/a', '/var/lib/lxc/b'].map(
      (path) => statSync(root + path).mode & 0o7777,
    );
    expect(modes).toEqual([0o755, 0o755, 0o640, 0o755, 0o750, 0o711]);
  });

  it('removes the directories that it made and that are empty by now, and no other', async () => {
    mkdirSync(join(root, 'etc/conf.d'), { recursive: true });
    await apply(
      treeOf(
        [file(conf, 'one\n'), file('/var/lib/lxc/a/config', 'x\n'), file('/var/lib/lxc/b/config', 'x\n')],
        ['a', 'b'],
      ),
    );
    mkdirSync(join(root, 'var/lib/lxc/b/rootfs'));
    await apply(treeOf([]));
    expect(Object.keys(treeContents(root))).toEqual([
      '/etc/',
      '/etc/conf.d/',
      '/var/',
      '/var/lib/',
      '/var/lib/lxc/',
      '/var/lib/lxc/b/',
      '/var/lib/lxc/b/rootfs/',
    ]);
  });

  it('stays inside its root, whatever links are in it', async () => {
    mkdirSync(join(root, 'usr/etc/init.d'), { recursive: true });
    mkdirSync(join(root, 'etc'));
    symlinkSync('/usr/etc/init.d', join(root, 'etc/init.d'));
    symlinkSync('../../../../../../../usr/etc', join(root, 'etc/conf.d'));
    await apply(treeOf([file('/etc/init.d/lxc.a', 'x\n', 0o755), file(conf, 'y\n')]));
    expect(treeContents(root)).toMatchObject({ '/usr/etc/init.d/lxc.a': '755 x\n', '/usr/etc/lxc.a': '644 y\n' });
  });

  it('refuses, by a message with a remedy, a circle of links, a file for a directory, and a journal that is damaged', async () => {
    const attempt = (): Promise<void> => apply(treeOf([file(conf, 'x\n')]));
    symlinkSync('loop', join(root, 'etc'));
    symlinkSync('etc', join(root, 'loop'));
    await expect(attempt()).rejects.toMatchObject({ problems: [{ code: 'link-loop' }] });
    rmSync(join(root, 'etc'));
    writeFileSync(join(root, 'etc'), '');
    await expect(attempt()).rejects.toMatchObject({ problems: [{ code: 'in-the-way' }] });
    put('/var/lib/rc-lxc/journal.json', '{"version":');
    await expect(attempt()).rejects.toMatchObject({ problems: [{ code: 'journal-damaged' }] });
    put('/var/lib/rc-lxc/journal.json', '{"version":99}');
    await expect(attempt()).rejects.toMatchObject({ problems: [{ code: 'journal-unknown' }] });
  });
});

describe('a sealed tree', () => {
  const paths = Array.from({ length: 300 }, (_, index) => `/etc/conf.d/lxc.c${index}`);
  const tree = treeOf(paths.map((path) => file(path, 'one\n')));
  const input = fingerprintOf('input');

  it('is known to be unchanged, until anything is edited', async () => {
    await apply(tree);
    await writeSeal(realHost(root), input, tree, []);
    expect(unchangedSince(realHost(root), input)).toEqual([]);
    expect(unchangedSince(realHost(root), fingerprintOf('another'))).toBeUndefined();
    put(paths[7] ?? '', 'two\n');
    expect(unchangedSince(realHost(root), input)).toBeUndefined();
  });

  it('is not sealed when a person has edited it meanwhile', async () => {
    await apply(tree);
    put(paths[7] ?? '', 'two\n');
    await writeSeal(realHost(root), input, tree, []);
    expect(unchangedSince(realHost(root), input)).toBeUndefined();
  });

  it('is looked at as a whole when the seal is damaged', async () => {
    await apply(tree);
    await writeSeal(realHost(root), input, tree, []);
    put('/var/lib/rc-lxc/seal.json', '{');
    expect(unchangedSince(realHost(root), input)).toBeUndefined();
  });
});
