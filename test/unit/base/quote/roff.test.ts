import { spawnSync } from 'node:child_process';

import { array, assert, property, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { quoteRoff, quoteRoffArgument, quoteRoffText } from '../../../../src/base/quote/index.ts';
import { withoutBold } from '../../manual/terminal.ts';
import { isThere } from './shells.ts';

/** What mandoc shows of lines between `.nf` and `.fi`, without the page's heading. */
function shown(body: string): string {
  const page = `.TH T 1 2026-11-26 v\n.SH NAME\nt \\- t\n.SH X\n${body}\n`;
  const { stdout, status } = spawnSync('mandoc', ['-T', 'utf8', '-O', 'width=1000'], { input: page, encoding: 'utf8' });
  expect(status).toBe(0);
  const plain = withoutBold(stdout);
  return /\nX\n(?<text>[^]*?)\n\n[^\n]*\n$/u.exec(plain)?.groups?.['text']?.replaceAll(/^ {7}/gmu, '') ?? plain;
}

describe('text for a man page', () => {
  it.each([
    [String.raw`a\b-c`, String.raw`a\eb\-c`],
    ['.PP', String.raw`\&.PP`],
    [`'"\`^~`, String.raw`\(aq\(dq\(ga\(ha\(ti`],
    ['host’s', String.raw`host\[u2019]s`],
  ])('writes %s', (text, written) => {
    expect(quoteRoff(text)).toBe(written);
  });

  it('is one argument of a macro, blanks and quotes in it too', () => {
    expect(quoteRoffArgument('a "b" c')).toBe(String.raw`"a \(dqb\(dq c"`);
  });

  it('has what stands between backticks in bold, and no line that is a request', () => {
    expect(quoteRoffText('take `--root DIR` of rc-lxc.')).toBe(String.raw`take \fB\-\-root\~DIR\fP of rc\-lxc.`);
    const lines = quoteRoffText(`${'word '.repeat(15)}.ini and more`).split('\n');
    expect(lines.filter((line) => line.startsWith('.'))).toEqual([]);
  });

  it.each(['a\nb', 'a\0b', 'a\tb', '\u{1B}[1m', 'one ` alone'])('refuses %j', (text) => {
    expect(() => quoteRoffText(text)).toThrow('cannot be written for roff');
  });

  it.skipIf(!isThere('mandoc'))('is shown by mandoc as it is', () => {
    const text = stringMatching(/^[!-~](?:[ -~’…é]{0,58}[!-~])?$/u);
    assert(
      property(array(text, { minLength: 1, maxLength: 20 }), (lines) => {
        expect(shown(`.nf\n${lines.map((line) => quoteRoff(line)).join('\n')}\n.fi`).split('\n')).toEqual(lines);
      }),
      { numRuns: 40 },
    );
  });
});
