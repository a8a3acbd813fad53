import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { program, rcLxc, scratch, small, type CliResult } from './support.ts';

let directory: string;
let source: string;
let root: string;

beforeEach(() => {
  directory = scratch();
  source = join(directory, 'host.ini');
  root = join(directory, 'root');
  mkdirSync(root);
  writeFileSync(source, small);
});

/** A command on the description of this test and its root. */
function run(command: string, ...args: readonly string[]): CliResult {
  return rcLxc([command, '-c', source, '--root', root, ...args]);
}

describe('from a description to a tree', () => {
  it('plans, applies, and has nothing left to do', () => {
    const before = run('plan', '--exit-code');
    expect(before.exitCode).toBe(2);
    expect(before.stdout).toContain('+++ /etc/init.d/lxc.web1');
    expect(existsSync(join(root, 'etc'))).toBe(false);
    const applied = run('apply');
    expect(applied.exitCode, applied.stderr).toBe(0);
    expect(statSync(join(root, 'etc/init.d/lxc.web1')).mode & 0o777).toBe(0o755);
    expect(readlinkSync(join(root, 'etc/runlevels/default/lxc.web1'))).toBe('/etc/init.d/lxc.web1');
    const after = run('plan', '--exit-code');
    expect(after).toEqual({ stdout: 'nothing to change\n', stderr: '', exitCode: 0 });
  });

  it('renders what apply writes, without touching the root', () => {
    const output = join(directory, 'tree');
    expect(run('render', '--output', output).exitCode).toBe(0);
    run('apply');
    for (const path of [
      'etc/init.d/lxc.web1',
      'etc/conf.d/lxc.web1',
      'var/lib/lxc/web1/config',
      'etc/rc-lxc/nftables.nft',
    ]) {
      expect(readFileSync(join(output, path), 'utf8')).toBe(readFileSync(join(root, path), 'utf8'));
    }
  });

  it('keeps an edited file, puts the new version beside it, and shows it as drift', () => {
    run('apply');
    const settings = join(root, 'etc/conf.d/lxc.web1');
    writeFileSync(settings, '# mine\n');
    writeFileSync(source, small.replace('id = 11', 'id = 11\nstop-timeout = 5s'));
    const applied = run('apply');
    expect(applied.stdout).toContain('kept /etc/conf.d/lxc.web1; the new version is /etc/conf.d/._cfg0000_lxc.web1');
    expect(readFileSync(settings, 'utf8')).toBe('# mine\n');
    expect(readFileSync(join(root, 'etc/conf.d/._cfg0000_lxc.web1'), 'utf8')).toContain('lxc_stop_timeout="5"');
    expect(run('plan').stdout).toContain('! /etc/conf.d/lxc.web1: edited by hand');
    expect(run('status').stdout).toMatch(/^web1 .*\/etc\/conf\.d\/lxc\.web1$/mu);
    expect(JSON.parse(run('status', '--json').stdout)).toMatchObject({ drift: ['/etc/conf.d/lxc.web1'] });
  });

  it('removes a container that is described no more, and never its rootfs', () => {
    writeFileSync(source, `${small}\n[container db1]\nid = 12\nnetwork = internal\n`);
    run('apply');
    mkdirSync(join(root, 'var/lib/lxc/db1/rootfs/etc'), { recursive: true });
    writeFileSync(source, small);
    expect(run('plan').stdout).toContain('- container db1: it is stopped first; its rootfs stays');
    expect(run('apply').exitCode).toBe(0);
    expect(existsSync(join(root, 'etc/init.d/lxc.db1'))).toBe(false);
    expect(existsSync(join(root, 'var/lib/lxc/db1/config'))).toBe(false);
    expect(existsSync(join(root, 'etc/runlevels/default/lxc.db1'))).toBe(false);
    expect(existsSync(join(root, 'var/lib/lxc/db1/rootfs/etc'))).toBe(true);
  });

  it('goes on when nobody reads its messages any more', () => {
    const script = '{ "$1" apply -c "$2" --root "$3"; echo "$?" >&3; } 3>&2 2>&1 | true';
    const { stderr } = spawnSync('sh', ['-c', script, 'sh', program, source, root], { encoding: 'utf8' });
    expect(stderr).toBe('0\n');
    expect(run('plan').stdout).toBe('nothing to change\n');
    expect(readdirSync(join(root, 'var/lib/rc-lxc'))).toEqual(['manifest.json']);
  });

  it('shows the status, and says so, when an apply was interrupted', () => {
    run('apply');
    const journal = { version: 1, phase: 'stage', operations: [], directories: [], idle: [] };
    writeFileSync(join(root, 'var/lib/rc-lxc/journal.json'), JSON.stringify(journal));
    const { stdout, stderr, exitCode } = run('status');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^web1 /mu);
    expect(stderr).toContain('an apply is under way, or was interrupted');
    expect(JSON.parse(run('status', '--json').stdout)).toMatchObject({ interrupted: true });
    expect(run('plan').exitCode).toBe(1);
  });

  it('makes no rootfs in the tree of another system, and writes nothing when asked to', () => {
    const { stderr, exitCode } = run('apply', '--create');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('error[not-live]');
    expect(readdirSync(root)).toEqual([]);
  });

  it('takes an absolute link of the root for a place below the root', () => {
    mkdirSync(join(root, 'usr/etc/init.d'), { recursive: true });
    mkdirSync(join(root, 'etc'));
    symlinkSync('/usr/etc/init.d', join(root, 'etc/init.d'));
    expect(run('apply').exitCode).toBe(0);
    expect(existsSync(join(root, 'usr/etc/init.d/lxc.web1'))).toBe(true);
    expect(run('plan').stdout).toBe('nothing to change\n');
  });
});

describe('new', () => {
  it('appends a section with the next free id and keeps every other byte', () => {
    const added = run('new', 'db1', '--network', 'internal', '--template', 'busybox');
    expect(added.exitCode, added.stderr).toBe(0);
    const text = readFileSync(source, 'utf8');
    expect(text.startsWith(small)).toBe(true);
    expect(text.slice(small.length)).toBe('\n[container db1]\nid = 2\nnetwork = internal\ntemplate = busybox\n');
    expect(run('check').exitCode).toBe(0);
  });

  it('keeps the mode, and a link to where the file really is', () => {
    const real = join(directory, 'real.ini');
    writeFileSync(real, small);
    chmodSync(real, 0o640);
    const link = join(directory, 'link.ini');
    symlinkSync('real.ini', link);
    expect(rcLxc(['new', 'db1', '-c', link, '--root', root]).exitCode).toBe(0);
    expect(readlinkSync(link)).toBe('real.ini');
    expect(readFileSync(real, 'utf8')).toContain('[container db1]');
    expect(statSync(real).mode & 0o777).toBe(0o640);
    expect(readdirSync(directory)).toEqual(['host.ini', 'link.ini', 'real.ini', 'root']);
  });

  it.each([
    ['a name that is taken', ['web1'], 'there is a container web1 already'],
    ['a name with a slash', ['a/b'], 'a name is a letter'],
    ['a name with a newline', ['a\nb'], 'a name is a letter'],
    ['the name of a runlevel', ['default'], 'default'],
    ['an unknown network', ['db1', '--network', 'intern'], 'there is no network intern'],
  ])('refuses %s and writes nothing', (_, args, message) => {
    const result = run('new', ...args);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain(message);
    expect(readFileSync(source, 'utf8')).toBe(small);
  });
});

describe('explain', () => {
  it('says what a key does', () => {
    const { stdout, exitCode } = rcLxc(['explain', 'container.ready']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('tcp:');
    expect(JSON.parse(rcLxc(['explain', 'memory', '--json']).stdout)).toMatchObject({ kind: 'keys' });
  });

  it('suggests the key that was meant', () => {
    const { stderr, exitCode } = rcLxc(['explain', 'memroy']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('memory');
  });
});

describe('JSON', () => {
  it.each([['check'], ['plan'], ['apply'], ['status']])('is what %s prints, and nothing else', (command) => {
    const { stdout, exitCode } = run(command, '--json');
    expect(exitCode).toBe(0);
    expect(typeof JSON.parse(stdout)).toBe('object');
  });

  it.each([
    ['plan', []],
    ['apply', []],
    ['status', []],
    ['render', ['--output', 'tree']],
  ])('holds the warnings that %s prints', (command, args) => {
    writeFileSync(source, small.replace('id = 11', 'id = 11\nuser-namespace = no'));
    const output = args.map((arg) => (arg === 'tree' ? join(directory, arg) : arg));
    const { stdout } = run(command, '--json', ...output);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ code: 'privileged-container', severity: 'warning' }] });
  });

  it('holds the problems of a description that is refused', () => {
    writeFileSync(source, small.replace('id = 11', 'id = 11\nmemroy = 5M'));
    const { stdout, exitCode } = run('check', '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ code: 'unknown-key', severity: 'error' }] });
  });
});
