import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { formatDuration, parseDuration } from '../../../src/base/duration.ts';
import { formatSize, parseSize } from '../../../src/base/size.ts';
import { isSignal, signalNames } from '../../../src/base/signals.ts';
import { parseVersion } from '../../../src/base/version.ts';

describe('durations', () => {
  test.each([
    ['30s', 30],
    ['90', 90],
    ['5m', 300],
    ['1h', 3600],
    ['1h30m', 5400],
    ['1h0m1s', 3601],
    ['0', 0],
  ])('%s is %i seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  test.each(['', 's', '5 m', '1.5h', '-1s', '30S', '1m1h', '5ms', '99999999999999999h'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test('what is written is read back', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 9), (seconds) => {
        expect(parseDuration(formatDuration(seconds))).toBe(seconds);
      }),
    );
  });
});

describe('sizes', () => {
  test.each([
    ['512M', 512 * 1024 ** 2],
    ['1.5G', 1.5 * 1024 ** 3],
    ['4096', 4096],
    ['1T', 1024 ** 4],
    ['0', 0],
  ])('%s is %i bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  test.each(['', 'M', '512 M', '512MB', '512m', '-1M', '0.3', '1.1111K', '9999999T'])('%j is none', (text) => {
    expect(parseSize(text)).toBeUndefined();
  });

  test('what is written is read back', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        expect(parseSize(formatSize(bytes))).toBe(bytes);
      }),
    );
  });
});

describe('versions', () => {
  test.each([
    ['5.0.2', '5.0.2'],
    ['7.0', '7.0.0'],
    ['7.0.0-r1', '7.0.0'],
    ['6.0.0_rc1', '6.0.0-rc.1'],
    ['6.0.0~rc2-1', '6.0.0-rc.2'],
    ['6.0.0_beta', '6.0.0-beta.0'],
    ['4.0.12_p3', '4.0.12'],
    ['4.0.12_p3-r2', '4.0.12'],
    ['1:5.0.2-1+deb12u4', '5.0.2'],
    ['1:5.0.3-2ubuntu7.2', '5.0.3'],
  ])('%s is %s', (text, version) => {
    expect(parseVersion(text)).toBe(version);
  });

  test.each(['', '7', 'x', '7.0.0.1', '7.0-', 'v7.0', '7.0 ', '-1.0', '7.0.0-rc', `${'9'.repeat(30)}.0`])(
    '%j is none',
    (text) => {
      expect(parseVersion(text)).toBeUndefined();
    },
  );
});

test('signals have their SIG and upper case', () => {
  expect(signalNames.every((name) => isSignal(name))).toBe(true);
  expect(['SIGRTMIN+3', 'SIGRTMIN+0', 'SIGRTMAX-30', 'SIGPWR'].every((name) => isSignal(name))).toBe(true);
  expect(['PWR', 'sigpwr', 'SIGRTMIN', 'SIGRTMIN+31', 'SIGRTMIN-1', '15', ''].some((name) => isSignal(name))).toBe(
    false,
  );
});
