import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { commands } from '../../../src/commands/index.ts';
import { keyLabel, sections } from '../../../src/schema/index.ts';
import { isThere } from '../base/quote/shells.ts';
import { built } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'rc-lxc-completion-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

mkdirSync(join(folder, 'functions'));
writeFileSync(join(folder, 'functions/_rc-lxc'), built('completion/_rc-lxc'));
writeFileSync(join(folder, 'bash'), built('completion/rc-lxc'));
mkdirSync(join(folder, 'etc/rc-lxc/host.ini.d'), { recursive: true });
writeFileSync(
  join(folder, 'etc/rc-lxc/host.ini'),
  '[host]\n[network internal]\n[network lan]\n; [container commented]\n[container web1]\nid = 1\n  [ container  db-1 ] ; the database\n',
);
writeFileSync(join(folder, 'etc/rc-lxc/host.ini.d/10-more.ini'), '[container later]\n[nic later:eth1]\n');

/** A command line up to the cursor, and what is offered for its last word. `$` stands for the folder. */
const lines: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['rc-lxc st', ['status']],
  ['rc-lxc help ren', ['render']],
  ['rc-lxc plan --exi', ['--exit-code']],
  ['rc-lxc explain mem', ['memory']],
  ['rc-lxc explain contai', ['container']],
  ['rc-lxc explain container.m', ['container.mac', 'container.memory', 'container.mount']],
  ['rc-lxc status --root $ ', ['db-1', 'later', 'web1']],
  ['rc-lxc status -c $/etc/rc-lxc/host.ini w', ['web1']],
  ['rc-lxc status --config=$/etc/rc-lxc/host.ini lxc.', ['lxc.db-1', 'lxc.later', 'lxc.web1']],
  ['rc-lxc new --root $ --network ', ['internal', 'lan']],
  ['rc-lxc new --root $ --network=l', ['lan']],
  ['rc-lxc status -c $/none.ini ', []],
  ['rc-lxc new ', []],
];

const filled = (line: string): string => line.replaceAll('$', folder);

describe.skipIf(!isThere('bash'))('completion in bash', () => {
  /** As readline calls it: words are split at blanks and equals signs. */
  const offered = (line: string): readonly string[] => {
    const words = filled(line).split(/ |(?==)|(?<==)/u);
    const script = `. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rc_lxc; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script, 'bash', join(folder, 'bash'), ...words], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return stdout
      .split('\n')
      .filter((word) => word !== '')
      .toSorted();
  };

  it.each(lines)('%s', (line, expected) => {
    expect(offered(line)).toEqual(expected);
  });

  it('knows every command with its options, every section and every key', () => {
    expect(offered('rc-lxc ')).toEqual([...commands.map(({ name }) => name), 'help', '--help', '--version'].toSorted());
    for (const { name, options } of commands) {
      const known = new Set(offered(`rc-lxc ${name} -`));
      for (const { flags } of options) {
        for (const word of flags.split(/, | <.*$/u)) if (word !== '') expect(known, flags).toContain(word);
      }
    }
    for (const { kind, keys } of sections) {
      expect(offered(`rc-lxc explain ${kind}`)).toContain(kind);
      const known = new Set(offered(`rc-lxc explain ${kind}.`));
      for (const key of keys) expect(known).toContain(`${kind}.${keyLabel(key).replace(/\.NAME$/u, '')}`);
    }
  });

  it('offers directories, and descriptions in them', () => {
    expect(offered('rc-lxc render --output $/e')).toEqual([join(folder, 'etc')]);
    expect(offered('rc-lxc check -c $/etc/rc-lxc/h')).toEqual([
      join(folder, 'etc/rc-lxc/host.ini'),
      join(folder, 'etc/rc-lxc/host.ini.d'),
    ]);
  });

  it('is registered, and completes what is typed at a terminal', () => {
    const script = String.raw`
import os, pty, sys, time
pid, terminal = pty.fork()
if pid == 0:
    os.environ.update(TERM='dumb', PS1='', INPUTRC='/dev/null')
    os.execvp('bash', ['bash', '--norc', '--noprofile', '-i'])
os.write(terminal, b". '%s'; rc-lxc() { printf '<%%s>' \"$@\"; echo; }; echo ready\n" % sys.argv[1].encode())
seen = b''
while b'\nready' not in seen: seen += os.read(terminal, 4096)
os.write(terminal, b'rc-lxc expl\tcontainer.mem\t\n')
seen = b''
while b'memory>' not in seen: seen += os.read(terminal, 4096)
os.close(terminal)
print(seen.decode().splitlines()[-1])
`;
    const { stdout } = spawnSync('python3', ['-c', script, join(folder, 'bash')], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(stdout.trim()).toMatch(/<explain><container\.memory>$/u);
  });

  it.skipIf(!isThere('shellcheck'))('is clean', () => {
    expect(spawnSync('shellcheck', [join(folder, 'bash')], { encoding: 'utf8' }).stdout).toBe('');
  });
});

describe.skipIf(!isThere('zsh'))('completion in zsh (skipped where zsh is missing)', () => {
  /** Every line in one shell: to start it takes longest. */
  const capture = (asked: readonly string[]): ReadonlyMap<string, readonly string[]> => {
    const { stdout, stderr } = spawnSync(
      'zsh',
      ['-f', join(import.meta.dirname, 'capture.zsh'), join(folder, 'functions'), ...asked.map((line) => filled(line))],
      { encoding: 'utf8', timeout: 60_000, cwd: folder },
    );
    expect(stderr).toBe('');
    const blocks = stdout.split(/^> /mu);
    return new Map(
      asked.map((line, index) => {
        const matches = (blocks[index] ?? '').split('\n').slice(index === 0 ? 0 : 1);
        const became = (blocks[index + 1] ?? '').split('\n')[0] ?? '';
        // What is alone is in the line already.
        const last = became.trimEnd().split(/[ =]/u).at(-1) ?? '';
        const typed = filled(line).split(/[ =]/u).at(-1) ?? '';
        const all = new Set([
          ...matches.filter((word) => word !== ''),
          ...(last === typed || typed === '' ? [] : [last]),
        ]);
        return [line, [...all].toSorted()] as const;
      }),
    );
  };

  it('offers what bash does', { timeout: 90_000 }, () => {
    const found = capture(lines.map(([line]) => line));
    for (const [line, expected] of lines) expect(found.get(line), line).toEqual(expected);
  });

  it('knows every command with its options, and every key', { timeout: 90_000 }, () => {
    const asked = [
      'rc-lxc ',
      ...commands.map(({ name }) => `rc-lxc ${name} --`),
      'rc-lxc explain ',
      'rc-lxc explain container.',
    ];
    const found = capture(asked);
    expect(found.get('rc-lxc ')).toEqual([...commands.map(({ name }) => name), 'help'].toSorted());
    for (const { name, options } of commands) {
      for (const { flags } of options)
        expect(found.get(`rc-lxc ${name} --`), name).toContain(/--[a-z-]+/u.exec(flags)?.[0]);
    }
    for (const { kind, keys } of sections) {
      expect(found.get('rc-lxc explain ')).toContain(kind);
      for (const key of keys) expect(found.get('rc-lxc explain ')).toContain(key.name);
    }
    expect(found.get('rc-lxc explain container.')).toContain('container.needs');
  });
});
