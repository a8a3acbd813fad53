import { describe, expect, it } from 'vitest';

import metadata from '../../package.json' with { type: 'json' };
import { commands } from '../../src/commands/index.ts';
import { rcLxc } from './support.ts';

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

  it.each([[['chekc']], [['check', '--frobnicate']], [['new']], [[]]])('exits with 64 for %j', (args) => {
    const { stdout, stderr, exitCode } = rcLxc(args);
    expect(exitCode).toBe(64);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });

  it('suggests the command that was meant', () => {
    expect(rcLxc(['chekc']).stderr).toContain('check');
  });

  it('writes no colour to a pipe', () => {
    const { stderr } = rcLxc(['check', '-c', '/nowhere'], { env: { FORCE_COLOR: '' } });
    expect(stderr).not.toContain('\u001B[');
  });
});
