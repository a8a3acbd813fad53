import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
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
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { realHost } from '../../../src/host/real.ts';
import type { Host } from '../../../src/host/types.ts';

let root: string;
let host: Host;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rc-lxc-host-'));
  host = realHost(root);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const thrown = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return error;
  }
};

describe('looking', () => {
  it('tells files, links, nothing and the rest apart, and neither follows nor waits', () => {
    writeFileSync(join(root, 'file'), 'é\n', { mode: 0o640 });
    symlinkSync('/etc/passwd', join(root, 'link'));
    symlinkSync('nowhere', join(root, 'dangling'));
    mkdirSync(join(root, 'directory'));
    execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', join(root, 'pipe')]);
    expect(host.look('/file')).toEqual({
      kind: 'file',
      content: 'é\n',
      mode: statSync(join(root, 'file')).mode & 0o777,
    });
    expect(host.look('/link')).toEqual({ kind: 'link', target: '/etc/passwd' });
    expect(host.look('/dangling')).toEqual({ kind: 'link', target: 'nowhere' });
    for (const other of ['/directory', '/pipe']) expect(host.look(other)).toEqual({ kind: 'other' });
    for (const absent of ['/absent', '/absent/below', '/file/below'])
      expect(host.look(absent)).toEqual({ kind: 'absent' });
  });

  it('gives every byte of what is not UTF-8 back', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    writeFileSync(join(root, 'bytes'), bytes);
    const found = host.look('/bytes');
    if (found.kind !== 'file') throw new Error(found.kind);
    host.write('/copy', found.content, 0o644, found.encoding);
    expect(new Uint8Array(readFileSync(join(root, 'copy')))).toEqual(bytes);
  });

  it('compares content, length and mode exactly', () => {
    const long = 'ü'.repeat(100_000);
    for (const content of ['', 'a', 'äöü€😀\n', long]) {
      host.write('/file', content, 0o640);
      expect(host.holds('/file', content, 0o640)).toBe(true);
      expect(host.holds('/file', content, 0o644)).toBe(false);
      for (const other of [`${content}x`, `x${content}`, content.slice(1) || 'y', `${content.slice(0, -1)}z`]) {
        expect(host.holds('/file', other, 0o640), other.slice(0, 20)).toBe(false);
      }
    }
    symlinkSync('file', join(root, 'link'));
    for (const path of ['/link', '/absent', '/']) expect(host.holds(path, '', 0o640)).toBe(false);
  });
});

describe('writing', () => {
  it('never writes through a link, nor into a file that has another name', () => {
    writeFileSync(join(root, 'precious'), 'precious');
    symlinkSync('precious', join(root, 'link'));
    linkSync(join(root, 'precious'), join(root, 'name'));
    for (const path of ['/link', '/name']) host.write(path, 'new', 0o600);
    expect(readFileSync(join(root, 'precious'), 'utf8')).toBe('precious');
    expect([host.look('/link'), host.look('/name')]).toMatchObject([{ content: 'new' }, { content: 'new' }]);
    symlinkSync('precious', join(root, 'again'));
    expect(thrown(() => host.chmod('/again', 0o777))).toMatchObject({ problems: [{ code: 'link-loop' }] });
  });

  it('links only where nothing is', () => {
    host.write('/one', '1', 0o644);
    host.write('/two', '2', 0o644);
    expect(thrown(() => host.link('/one', '/two'))).toMatchObject({ problems: [{ code: 'in-the-way' }] });
    host.link('/one', '/three');
    expect(host.look('/three')).toMatchObject({ content: '1' });
  });

  it('makes directories with their modes, and removes them only when they are empty', () => {
    const umask = process.umask(0o077);
    try {
      expect(host.makeDirectory('/a/b/c', 0o711)).toEqual(['/a', '/a/b', '/a/b/c']);
    } finally {
      process.umask(umask);
    }
    expect(['a', 'a/b', 'a/b/c'].map((path) => statSync(join(root, path)).mode & 0o777)).toEqual([0o755, 0o755, 0o711]);
    expect(host.makeDirectory('/a/b/c', 0o700)).toEqual([]);
    host.removeEmptyDirectory('/a/b');
    host.removeEmptyDirectory('/a/b/c');
    host.removeEmptyDirectory('/none');
    expect(existsSync(join(root, 'a/b/c'))).toBe(false);
    host.remove('/none');
    expect(thrown(() => host.remove('/a'))).toMatchObject({ problems: [{ message: expect.stringContaining('/a') }] });
  });

  it('removes a tree, and what links lead to stays', () => {
    mkdirSync(join(root, 'top/below'), { recursive: true });
    mkdirSync(join(root, 'outside'));
    writeFileSync(join(root, 'outside/file'), '');
    symlinkSync('../../outside', join(root, 'top/below/link'));
    host.removeTree('/top');
    host.removeTree('/none');
    expect(readdirSync(root)).toEqual(['outside']);
    expect(readdirSync(join(root, 'outside'))).toEqual(['file']);
  });
});

describe('a lock', () => {
  it('is one process’s at a time, names who has it, and goes with its release', () => {
    const first = host.lock('/run/lock');
    if (!('release' in first)) throw new Error('the first has it');
    expect(realHost(root).lock('/run/lock')).toEqual({ heldBy: `process ${process.pid}` });
    first.release();
    expect(readdirSync(join(root, 'run'))).toEqual([]);
    expect(host.lock('/run/lock')).toHaveProperty('release');
  });

  it('is taken over from a process that is gone, also when its number is another’s by now', async () => {
    const script = `import { realHost } from ${JSON.stringify(join(import.meta.dirname, '../../../src/host/real.ts'))};
      realHost(process.argv[1]).lock('/run/lock'); process.stdout.write('locked'); setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, root], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    expect(host.lock('/run/lock')).toEqual({ heldBy: `process ${String(child.pid)}` });
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    const taken = host.lock('/run/lock');
    if (!('release' in taken)) throw new Error('it is gone');
    taken.release();
    writeFileSync(join(root, 'run/lock'), `${process.pid} 1`);
    expect(host.lock('/run/lock')).toHaveProperty('release');
  });
});

describe('a signal', () => {
  const script = `import { realHost } from ${JSON.stringify(join(import.meta.dirname, '../../../src/host/real.ts'))};
    const signals = realHost('/').holdSignals();
    process.kill(process.pid, 'SIGTERM');
    const came = await signals.received();
    process.stdout.write(String(came) + signals.arrival.aborted);
    if (process.argv[1] === 'forgive') signals.forgive();
    signals.release();
    await new Promise((resolve) => setTimeout(resolve, 200));
    process.stdout.write(' went on');`;
  const run = (word: string) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script, word], { encoding: 'utf8' });

  it('waits until it is released, and takes its effect then unless it was answered', () => {
    expect(run('')).toMatchObject({ stdout: 'SIGTERMtrue', signal: 'SIGTERM' });
    expect(run('forgive')).toMatchObject({ stdout: 'SIGTERMtrue went on', status: 0 });
  });
});
