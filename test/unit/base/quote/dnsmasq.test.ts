import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { UnquotableError, quoteDnsmasq } from '../../../../src/base/quote/index.ts';
import { isThere } from './shells.ts';

const works = isThere('dnsmasq');
if (!works) console.warn('SKIPPED: dnsmasq is not installed, so dnsmasq itself does not check its quoting');

const isAccepted = (value: string): boolean => {
  try {
    quoteDnsmasq(value);
    return true;
  } catch (error) {
    if (error instanceof UnquotableError) return false;
    throw error;
  }
};

/** The text of a TXT record, which has one string: RFC 1035, 3.3.14 and 4.1. */
function textOf(answer: Buffer): string {
  const asked = answer.indexOf(0, 12) + 5;
  // A pointer to the name, type, class, time to live and length of what follows.
  const data = asked + 2 + 2 + 2 + 4 + 2;
  return answer.subarray(data + 1, data + 1 + (answer[data] ?? 0)).toString();
}

function question(name: string): Buffer {
  const labels = name.split('.').flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]);
  const [recursive, txt, internet] = [0x01_00, 16, 1];
  const words = (...numbers: readonly number[]): Buffer =>
    Buffer.concat(numbers.map((number) => Buffer.from([number >> 8, number & 0xff])));
  return Buffer.concat([words(1, recursive, 1, 0, 0, 0), ...labels, Buffer.from([0]), words(txt, internet)]);
}

function ask(port: number, name: string): Promise<string> {
  const socket = createSocket('udp4');
  return new Promise<string>((resolve, reject) => {
    socket.once('message', (answer) => resolve(textOf(answer)));
    socket.once('error', reject);
    const send = (): void => socket.send(question(name), port, '127.0.0.1');
    // What comes before it listens is lost.
    const again = setInterval(send, 100);
    socket.once('close', () => clearInterval(again));
    send();
  }).finally(() => socket.close());
}

/** What dnsmasq answers that has the values, each in a record of its own. */
async function answered(values: readonly string[]): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'rc-lxc-dnsmasq-'));
  const config = join(directory, 'config');
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const own = [`port=${port}`, 'listen-address=127.0.0.1', 'bind-interfaces', 'no-resolv', 'no-hosts', 'pid-file='];
  const records = values.map((value, index) => `txt-record=t${index}.test,${quoteDnsmasq(value)}`);
  writeFileSync(config, [...own, ...records, ''].join('\n'));
  let server: ChildProcess | undefined;
  try {
    const checked = spawnSync('dnsmasq', ['--test', `--conf-file=${config}`], { encoding: 'utf8' });
    expect(checked).toMatchObject({ status: 0, stderr: 'dnsmasq: syntax check OK.\n' });
    server = spawn('dnsmasq', ['--keep-in-foreground', `--conf-file=${config}`], { stdio: 'ignore' });
    return await Promise.all(values.map((_, index) => ask(port, `t${index}.test`)));
  } finally {
    server?.kill();
    rmSync(directory, { recursive: true });
  }
}

describe.skipIf(!works)('read by dnsmasq', () => {
  test('any accepted value is what dnsmasq answers', async () => {
    const hard = fc.string({
      unit: fc.constantFrom('a', '#', ',', '"', '\\', ' ', ':', '.', '=', '\t', '\n', 'n', 'ü'),
    });
    const value = fc.oneof(hard, fc.string({ unit: 'grapheme', maxLength: 40 }), fc.ipV6(), fc.domain());
    const values = fc.array(
      value.filter((text) => isAccepted(text) && Buffer.byteLength(text) < 200),
      { minLength: 20, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(values, async (texts) => {
        expect(await answered(texts)).toEqual(texts);
      }),
      { numRuns: 5 },
    );
  });
});

describe('without dnsmasq', () => {
  test.each([
    ['10.0.3.11', '10.0.3.11'],
    ['fd00:0:0:3::b', 'fd00:0:0:3::b'],
    ['/etc/resolv.conf', '/etc/resolv.conf'],
    ['a b', '"a b"'],
    ['a#b', '"a#b"'],
    ['say "no"', String.raw`"say \"no\""`],
    ['two\nlines', String.raw`"two\nlines"`],
  ])('%j becomes %s', (value, quoted) => {
    expect(quoteDnsmasq(value)).toBe(quoted);
  });

  test.each(['', 'a\u0001b', 'a\0b', '\uD800'])('%j is refused', (value) => {
    expect(() => quoteDnsmasq(value)).toThrow(UnquotableError);
  });
});
