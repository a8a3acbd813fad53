import { spawnSync } from 'node:child_process';

import { describe, expect, it } from 'vitest';

import { commands } from '../../../src/commands/index.ts';
import { hostChecks } from '../../../src/commands/doctor/index.ts';
import { networkTypes } from '../../../src/networks/index.ts';
import { outputKinds } from '../../../src/outputs/index.ts';
import { rules } from '../../../src/resolve/rules/index.ts';
import { keyLabel, sections } from '../../../src/schema/index.ts';
import { optionOf } from '../../../src/manual/usage.ts';
import { isThere } from '../base/quote/shells.ts';
import { built, pages } from './support.ts';
import { withoutBold } from './terminal.ts';

const hasMandoc = isThere('mandoc');

/** As a terminal of 80 columns shows it. */
function shown(path: string): string {
  const { stdout } = spawnSync('mandoc', ['-T', 'utf8', '-O', 'width=78'], { input: built(path), encoding: 'utf8' });
  return withoutBold(stdout);
}

/** Blanks and line breaks count alike. */
const flat = (text: string): string => text.replaceAll(/\s+/gu, ' ');
const words = (text: string): string => flat(text.replaceAll('`', ''));

describe.skipIf(!hasMandoc)('man pages (skipped where mandoc is missing)', () => {
  it.each(pages)('%s is one that mandoc has nothing against', (path) => {
    const { stdout, status } = spawnSync('mandoc', ['-T', 'lint'], {
      input: built(path),
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it.each(pages)('%s fits 80 columns', (path) => {
    expect(
      shown(path)
        .split('\n')
        .filter((line) => line.length > 80),
    ).toEqual([]);
  });

  const manual = hasMandoc ? flat(shown('man/rc-lxc.8')) : '';
  const language = hasMandoc ? flat(shown('man/rc-lxc.ini.5')) : '';

  it.each(commands.map((command) => [command.name, command] as const))('rc-lxc(8) tells of %s', (name, command) => {
    expect(manual).toContain(`rc-lxc ${name}`);
    expect(manual).toContain(words(command.description));
    for (const option of command.options) {
      const { long, summary } = optionOf(option);
      expect(manual).toContain(long);
      expect(manual).toContain(words(summary).slice(1));
    }
    for (const [line] of command.examples) expect(manual).toContain(flat(line));
  });

  it('rc-lxc(8) tells what the doctor looks at, and every file that is written', () => {
    for (const { summary } of hostChecks) expect(manual).toContain(words(summary));
    for (const { paths, summary } of outputKinds) {
      expect(manual).toContain(paths.join(', '));
      expect(manual).toContain(words(summary));
    }
  });

  it.each(sections.flatMap(({ kind, keys }) => keys.map((key) => [kind, keyLabel(key), key] as const)))(
    'rc-lxc.ini(5) tells of [%s] %s',
    (_, label, key) => {
      expect(language).toContain(` ${label} ${words(key.summary)}`);
      expect(language).toContain(words(key.details ?? ''));
      expect(language).toContain(`Example: ${flat(key.example)}`);
    },
  );

  it.each(networkTypes.map((type) => [type.name, type] as const))('rc-lxc.ini(5) tells of type %s', (name, type) => {
    expect(language).toContain(`${name} ${words(type.summary)} ${words(type.paragraph)}`);
  });

  it('rc-lxc.ini(5) tells of every mistake', () => {
    for (const { code, summary } of rules) expect(language).toContain(`${code} ${words(summary)}`);
  });
});

describe('man pages', () => {
  it('are the same at every build', () => {
    for (const path of pages) {
      expect(built(path)).toContain('2026-11-26');
      expect(built(path)).not.toMatch(/[^\n\u{20}-\u{7E}]/u);
    }
  });
});
