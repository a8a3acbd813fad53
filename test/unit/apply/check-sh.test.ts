import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { asOneScript } from '../../../src/apply/check/sh.ts';

const shells = [['dash'], ['bash', '--posix'], ['bash'], ['busybox', 'sh']].filter(
  ([program = '', ...args]) => spawnSync(program, [...args, '-c', ':']).status === 0,
);

let top: string;
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'rc-lxc-sh-'));
});
afterAll(() => {
  rmSync(top, { recursive: true, force: true });
});

function accepts([program = '', ...args]: readonly string[], scripts: readonly string[]): boolean {
  const path = join(top, 'scripts');
  writeFileSync(path, asOneScript(scripts));
  return spawnSync(program, [...args, '-n', path]).status === 0;
}

const sound = [
  '#!/sbin/openrc-run\n# it\'s "generated" `here`\n[ "${0##*/}" = gendepends.sh ] || . /etc/init.d/rc-lxc\ndepend() {\n\tneed a\n}\n',
  'a=\'x\'\\\'\'y\'\nb="$(echo "$(echo ")")")"\n',
  'case $x in\n(a) echo ;;\nb | c) : ;;\nesac',
  'cat <<"EOF"\n) } \' " `\nEOF\n',
  'f() (\n\t:\n)\nif :; then :; fi # no newline at the end',
  '',
];

const broken = [
  "a='x\n",
  'a="x\n',
  'a=`x\n',
  'a=$(x\n',
  'a=$(echo "x\n',
  'a="$(echo \'x\n',
  'a=${x\n',
  'if :; then :\n',
  'fi\n',
  'f() {\n:\n',
  ':\n}\n',
  '( :\n',
  ': )\n',
  'case x in\na) :\n',
  'while :; do :\n',
  'for x in a; do\n',
  ': &&\n)\n',
];

describe.each(shells)('%s reads many scripts as one', (...shell) => {
  it('and accepts them when each is sound', () => {
    expect(accepts(shell, sound)).toBe(true);
  });

  // By itself such a script is accepted by every shell; what must not be is that it hides the ones behind it.
  it('and refuses them when a here-document swallows the rest', () => {
    expect(accepts(shell, ['cat <<END\ntext\n', ...sound])).toBe(false);
  });

  it.each(broken)('and refuses them for %j, also when the next script would make up for it', (script) => {
    expect(accepts(shell, [script])).toBe(false);
    expect(accepts(shell, [script, script])).toBe(false);
    for (const other of [...sound, ...broken]) {
      expect(accepts(shell, [script, other]), other).toBe(false);
      expect(accepts(shell, [other, script]), other).toBe(false);
    }
  });
});
