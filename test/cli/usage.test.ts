import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import metadata from '../../package.json' with { type: 'json' };
import { commands } from '../../src/commands/index.ts';
import { program, rcLxc } from './support.ts';

describe('the command line', () => {
  it('prints its version', () => {
    expect(rcLxc(['--version'])).toEqual({ stdout: `${metadata.version}\n`, stderr: '', exitCode: 0 });
  });

  it('lists every command in its help, within 80 columns', () => {
    const { stdout, exitCode } = rcLxc(['--help']);
    expect(exitCode).toBe(0);
    for (const command of commands) expect(stdout).toContain(`\n  ${command.name} `);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it.each(commands.map(({ name }) => name))('explains %s', (name) => {
    const { stdout, exitCode } = rcLxc([name, '--help']);
    expect(exitCode).toBe(0);
    for (const option of ['--config', '--root', '--json']) expect(stdout).toContain(option);
    expect(stdout).toContain('Examples:');
  });

  it.each([[['chekc']], [['check', '--frobnicate']], [['new']], [['render']], [[]]])('exits with 64 for %j', (args) => {
    const { stdout, stderr, exitCode } = rcLxc(args);
    expect(exitCode).toBe(64);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });

  it('suggests the command that was meant', () => {
    expect(rcLxc(['chekc']).stderr).toContain('check');
  });

  it('says when its result cannot be written, and does not call that a bug', () => {
    const full = openSync('/dev/full', 'w');
    const { stderr, status } = spawnSync(program, ['explain'], { encoding: 'utf8', stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error\[cannot-write\]: the result could not be written: .*ENOSPC/u);
  });

  it('keeps its exit status when the reader of its result goes away', () => {
    const script = '{ "$1" check -c /nowhere --json; echo "$?" >&3; } 3>&2 | true';
    const { stderr } = spawnSync('sh', ['-c', script, 'sh', program], { encoding: 'utf8' });
    expect(stderr).toBe('1\n');
  });

  it('writes no colour to a pipe', () => {
    const { stderr } = rcLxc(['check', '-c', '/nowhere'], { env: { FORCE_COLOR: '' } });
    expect(stderr).not.toContain('\u001B[');
  });
});
