import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { rcLxc, scratch, small } from './support.ts';

// Each test runs the program several times.
vi.setConfig({ testTimeout: 60_000 });

const shipped = resolve(import.meta.dirname, '../../docs');

function copy(): string {
  const docs = join(scratch(), 'docs');
  cpSync(shipped, docs, { recursive: true });
  return docs;
}

describe('rc-lxc docs', () => {
  it('finds the pages of the repository up to date', () => {
    const { stdout, exitCode } = rcLxc(['docs', 'check']);
    expect(stdout).toBe(`${shipped}: up to date\n`);
    expect(exitCode).toBe(0);
  });

  it('says which page is out of date, missing or needless, and mends it', () => {
    const docs = copy();
    appendFileSync(join(docs, 'networking.md'), 'one more line\n');
    rmSync(join(docs, 'openrc.md'));
    writeFileSync(join(docs, 'retired.md'), 'of an older rc-lxc\n');
    const found = rcLxc(['docs', 'check', '--docs', docs]);
    expect(found.exitCode).toBe(1);
    expect(found.stdout.split('\n').slice(0, 3)).toEqual([
      'outdated  networking.md',
      'missing   openrc.md',
      'needless  retired.md',
    ]);
    expect(found.stdout).toContain('rc-lxc docs update');
    rcLxc(['docs', 'update', '--docs', docs]);
    expect(rcLxc(['docs', 'check', '--docs', docs]).exitCode).toBe(0);
    expect(existsSync(join(docs, 'retired.md'))).toBe(false);
  });

  it('renders into a new folder alone', () => {
    const output = join(scratch(), 'pages');
    expect(rcLxc(['docs', 'render', '--output', output]).exitCode).toBe(0);
    expect(readFileSync(join(output, 'rc-lxc.md'), 'utf8')).toBe(readFileSync(join(shipped, 'rc-lxc.md'), 'utf8'));
    const again = rcLxc(['docs', 'render', '--output', output]);
    expect(again.stderr).toContain('error[output-in-use]');
    expect(again.exitCode).toBe(1);
  });

  it('leaves pages of others alone', () => {
    const docs = join(scratch(), 'docs');
    mkdirSync(docs);
    writeFileSync(join(docs, 'README.md'), '# Another project\n');
    for (const action of ['check', 'update']) {
      expect(rcLxc(['docs', action, '--docs', docs]).stderr).toContain('error[not-our-docs]');
    }
    expect(readdirSync(docs)).toEqual(['README.md']);
  });

  it('prints the page of a description, and writes it with its drawing', () => {
    const folder = scratch();
    const source = join(folder, 'host.ini');
    writeFileSync(source, small);
    const printed = rcLxc(['docs', 'host', '-c', source]);
    expect(printed.exitCode).toBe(0);
    expect(printed.stdout).toMatch(/^# excelsior\n/u);
    expect(printed.stdout).not.toContain('drawings/');
    expect(printed.stderr).toContain('--output DIR writes both');
    const output = join(folder, 'page');
    expect(rcLxc(['docs', 'host', '-c', source, '--output', output]).exitCode).toBe(0);
    expect(readdirSync(output, { recursive: true, encoding: 'utf8' }).toSorted()).toEqual([
      'drawings',
      'drawings/host-excelsior.svg',
      'excelsior.md',
    ]);
    expect(readFileSync(join(output, 'excelsior.md'), 'utf8')).toContain('](drawings/host-excelsior.svg');
  });

  it('takes no other file for a report of a lab', () => {
    const source = join(scratch(), 'host.ini');
    writeFileSync(source, small);
    const { stderr, exitCode } = rcLxc(['docs', 'host', '-c', source, '--report', source]);
    expect(stderr).toContain('error[not-a-report]');
    expect(stderr).toContain('rc-lxc lab --json >');
    // Who does what the hint says must not lose the description.
    expect(stderr).not.toContain(`> ${source}`);
    expect(exitCode).toBe(1);
  });

  it.each([
    [['docs', 'chekc'], 'did you mean check?'],
    [['docs', 'render'], 'rc-lxc docs render --output DIR'],
    [['docs', 'render', '--format', 'markdwon', '--output', '/tmp/none'], 'did you mean markdown?'],
  ])('says what is meant by %j', (args, hint) => {
    const { stderr, exitCode } = rcLxc(args);
    expect(stderr).toContain(hint);
    expect(exitCode).toBe(1);
  });
});
