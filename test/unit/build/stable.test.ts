import { describe, expect, it } from 'vitest';

import { plainOutput, stableOutput, stableSession } from '../../../build/measure/stable.ts';

const kernel = '6.12.3-gentoo';

const status = (memory: string, uptime: string): string =>
  `CONTAINER  SERVICE  LXC      ADDRESS    MEMORY  UPTIME  DROPS  DRIFT\nweb1       started  RUNNING  10.0.3.11  ${memory.padEnd(8)}${uptime.padEnd(8)}0/0    -\n`;

describe('the stable form of what a command prints', () => {
  it.each([
    ['2: eth0@if12: <UP>', '13: eth0@if7: <UP>'],
    ['Name: web1\nPID:   1234\n', 'Name: web1\nPID:   98\n'],
    [' * lxc.web1 [ started 00:00:05 (0) ]', ' * lxc.web1 [ started 1 day(s) 10:20:35 (0) ]'],
    ['64 bytes: seq=0 ttl=64 time=0.123 ms', '64 bytes: seq=0 ttl=64 time=12.5 ms'],
    ['min/avg/max = 0.1/0.2/0.3 ms', 'min/avg/max = 1/2/30.25 ms'],
    ['Memory use: 1.20 MiB', 'Memory use: 980.00 KiB'.replace('K', 'M')],
    ['2026-01-02 03:04:05', '2027-11-12T13:14:15Z'],
    ['built 2026-01-02', 'built 2027-11-12'],
    [`Linux ${kernel}`, `\u001B[32mLinux ${kernel}\u001B[0m \r\n\n`],
    [status('720K', '0s'), status('1.5M', '12s')],
  ])('is one text for %j and %j', (one, other) => {
    expect(stableOutput(one, kernel)).toBe(stableOutput(other, kernel));
  });

  it('leaves alone what says something', () => {
    const text =
      ' * Starting LXC container web1 ... [ ok ]\ninet 10.0.3.11/24 scope global eth0\nmemory = 64M\n2 containers\n';
    expect(stableOutput(text, kernel)).toBe(text);
    expect(stableOutput(' \n\n', kernel)).toBe('');
  });

  it('is its own stable form', () => {
    const stable = stableOutput(status('720K', '0s'), kernel);
    expect(stableOutput(stable, kernel)).toBe(stable);
  });
});

describe('what is recorded', () => {
  it('is what was printed, without colours, returns and blanks at the ends', () => {
    expect(plainOutput(`\u001B[32mLinux ${kernel}\u001B[0m \r\n\n`)).toBe(`Linux ${kernel}\n`);
    expect(plainOutput(status('720K', '12s'))).toBe(status('720K', '12s'));
    expect(plainOutput(' \n')).toBe('');
    expect(plainOutput('one\n/lib/rc/sh/openrc-run.sh: 175: printf: printf: I/O error\ntwo\n')).toBe('one\ntwo\n');
  });
});

describe('two runs of a session', () => {
  const command = 'rc-lxc status';
  const recorded = [{ command, output: `${status('720K', '0s')}Linux 6.1.2\n`, exitCode: 0 }];
  const run = (output: string, exitCode = 0) => [{ command, output, exitCode }];

  it('are the same though time passed on another kernel', () => {
    const again = run(`${status('1.5M', '1m')}Linux ${kernel}\n`);
    expect(stableSession(again, kernel)).toEqual(stableSession(recorded, '6.1.2'));
  });

  it.each([
    ['an address', run(`${status('720K', '0s').replace('10.0.3.11', '10.0.3.12')}Linux ${kernel}\n`)],
    ['a state', run(`${status('720K', '0s').replace('started', 'stopped')}Linux ${kernel}\n`)],
    ['an exit status', run(`${status('720K', '0s')}Linux ${kernel}\n`, 1)],
    ['a line that is missing', run(status('720K', '0s'))],
    ['a command that was not run', []],
  ])('differ in %s', (_what, again) => {
    expect(stableSession(again, kernel)).not.toEqual(stableSession(recorded, '6.1.2'));
  });
});
