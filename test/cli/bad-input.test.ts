import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { rcLxc, scratch, small } from './support.ts';

/** Runs check and apply on a text; neither may succeed, write, or show a stack. */
function refused(text: string | Buffer): string {
  const directory = scratch();
  const source = join(directory, 'host.ini');
  writeFileSync(source, text);
  const root = join(directory, 'root');
  mkdirSync(root);
  const check = rcLxc(['check', '-c', source, '--root', root]);
  const apply = rcLxc(['apply', '-c', source, '--root', root]);
  expect(check.exitCode, check.stderr).toBe(1);
  expect(apply.exitCode, apply.stderr).toBe(1);
  expect(readdirSync(root)).toEqual([]);
  expect(check.stdout).toBe('');
  expect(check.stderr).not.toMatch(/\bat .*\.ts:/u);
  return check.stderr.replaceAll(directory, '');
}

describe('a description that cannot be one', () => {
  it('names a missing file and what to do', () => {
    const { stderr, exitCode } = rcLxc(['check', '-c', '/nowhere/host.ini']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('/nowhere/host.ini: there is no such file');
    expect(stderr).toContain('hint:');
  });

  it('refuses a directory', () => {
    const { stderr, exitCode } = rcLxc(['check', '-c', scratch()]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('this is a directory, not a description');
  });

  it('refuses binary data with its line', () => {
    expect(refused(Buffer.from([0x5b, 0x00, 0xff, 0xfe, 0x0a, 0x7f]))).toMatch(/host\.ini:1: error\[[a-z-]+\]/u);
  });

  it('refuses 10 MB', () => {
    expect(refused(Buffer.alloc(10 * 1024 * 1024, 'a'))).toContain('is more than a description may have');
  });

  it.each([[''], ['; nothing but a comment\n']])('takes a file that says nothing for a mistake: %j', (text) => {
    expect(refused(text)).toContain('error[empty-description]');
  });

  it('does not take an empty --root for the running host', () => {
    const { stderr, exitCode } = rcLxc(['plan', '--root', '']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('--root is empty');
  });

  it('does not wait for a pipe', () => {
    const { stderr, exitCode } = rcLxc(['check', '-c', '/dev/null']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('this is no regular file');
  });

  it.each([
    ['a name with a slash', small.replace('container web1', 'container ../web1')],
    ['an unknown key', small.replace('id = 11', 'id = 11\nmemroy = 5M')],
    ['an unknown network', small.replace('network = internal', 'network = internl')],
    ['a cycle', `${small}needs = db1\n[container db1]\nid = 12\nnetwork = internal\nneeds = web1\n`],
    ['a newline in a value', small.replace('id = 11', 'id = 11\nready = "exec:a\\nb"')],
    ['no container section name', `${small}\n[container]\nid = 3\n`],
  ])('points at %s', (_, text) => {
    const stderr = refused(text);
    expect(stderr).toMatch(/\/host\.ini:\d+: error\[[a-z-]+\]: /u);
    expect(stderr).toMatch(/^ +\d+ \| /mu);
    expect(stderr).toContain('hint:');
  });

  it('names both places of a section that stands in two files', () => {
    const directory = scratch();
    writeFileSync(join(directory, 'host.ini'), small);
    mkdirSync(join(directory, 'host.ini.d'));
    writeFileSync(join(directory, 'host.ini.d/more.ini'), '[container web1]\nid = 12\n');
    const { stderr, exitCode } = rcLxc(['check', '-c', join(directory, 'host.ini')]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('host.ini.d/more.ini:1');
    expect(stderr).toContain('host.ini:13');
  });
});

describe('a target that cannot be written', () => {
  it.each([
    ['missing', 'nowhere'],
    ['a file', 'host.ini'],
  ])('refuses a root that is %s', (_, name) => {
    const directory = scratch();
    writeFileSync(join(directory, 'host.ini'), small);
    const root = join(directory, name);
    const { stderr, exitCode } = rcLxc(['apply', '-c', join(directory, 'host.ini'), '--root', root]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`error[root-missing]: ${root}: there is no such directory`);
    expect(readdirSync(directory)).toEqual(['host.ini']);
  });

  it('gives the reason of a failure that it has no remedy for', () => {
    const directory = scratch();
    writeFileSync(join(directory, 'host.ini'), small);
    const long = join(directory, 'a'.repeat(300));
    const { stderr, exitCode } = rcLxc(['render', '-c', join(directory, 'host.ini'), '--output', long]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('cannot be written (ENAMETOOLONG); nothing was changed');
    const read = rcLxc(['check', '-c', long]);
    expect(read.exitCode).toBe(1);
    expect(read.stderr).toContain('it cannot be read (ENAMETOOLONG)');
  });

  it('refuses an output directory that holds something', () => {
    const directory = scratch();
    writeFileSync(join(directory, 'host.ini'), small);
    const { stderr, exitCode } = rcLxc(['render', '-c', join(directory, 'host.ini'), '--output', directory]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('is not empty; nothing was written');
  });

  it('refuses a directory of another user', () => {
    const directory = scratch();
    chmodSync(directory, 0o755);
    writeFileSync(join(directory, 'host.ini'), small);
    mkdirSync(join(directory, 'root'));
    chmodSync(join(directory, 'root'), 0o555);
    const { stderr, exitCode } = rcLxc(
      ['apply', '-c', join(directory, 'host.ini'), '--root', join(directory, 'root')],
      { ordinary: true },
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain('error[no-permission]');
    expect(stderr).toContain('hint: run as root');
    expect(readdirSync(join(directory, 'root'))).toEqual([]);
  });

  it('refuses the host itself to a user who is not root', () => {
    const directory = scratch();
    chmodSync(directory, 0o755);
    writeFileSync(join(directory, 'host.ini'), small);
    const { stderr, exitCode } = rcLxc(['apply', '-c', join(directory, 'host.ini')], { ordinary: true });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('error[no-permission]');
  });
});
