import { posix } from 'node:path';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  UnsafePathError,
  belowRoot,
  inDirectory,
  isAbsolutePath,
  isFileName,
  isInside,
  normalPath,
} from '../../../src/base/paths.ts';

const pathish = fc.string({ unit: fc.constantFrom('.', '/', 'a', '\0', ' ', '\n', '-'), maxLength: 12 });

/** The result, or undefined where it is refused. */
function tried(run: () => string): string | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof UnsafePathError) return undefined;
    throw error;
  }
}

describe('no name leaves its directory', () => {
  test('whatever the name is', () => {
    fc.assert(
      fc.property(fc.oneof(pathish, fc.string({ unit: 'binary' })), (name) => {
        const path = tried(() => inDirectory('/etc/conf.d', name));
        if (path === undefined) return;
        expect(posix.dirname(posix.resolve(path))).toBe('/etc/conf.d');
        expect(posix.basename(path)).toBe(name);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(['', '.', '..', '../x', 'a/b', '/etc/passwd', 'a\0', 'é'.repeat(128)])('%j is no file name', (name) => {
    expect(isFileName(name)).toBe(false);
    expect(() => inDirectory('/etc', name)).toThrow(UnsafePathError);
  });

  test('several names make several components', () => {
    expect(inDirectory('/var/lib/lxc', 'web1', 'config')).toBe('/var/lib/lxc/web1/config');
  });
});

describe('no path leaves its root', () => {
  test('whatever the path is', () => {
    fc.assert(
      fc.property(pathish, (path) => {
        const result = tried(() => belowRoot('/mnt/root', path));
        expect(result === undefined || isInside('/mnt/root', result)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('the root of the host is a root like another', () => {
    expect(belowRoot('/', '/etc/x')).toBe('/etc/x');
    expect(belowRoot('/mnt', '/etc/x')).toBe('/mnt/etc/x');
  });

  test.each(['etc/x', '/../etc', '/a/../../x', '/a\0'])('%j is refused', (path) => {
    expect(isAbsolutePath(path)).toBe(false);
    expect(() => belowRoot('/mnt', path)).toThrow(UnsafePathError);
  });
});

test('a path in one form', () => {
  expect(['/', '//a//b/', '/a/./b', '/a/b'].map((path) => normalPath(path))).toEqual(['/', '/a/b', '/a/b', '/a/b']);
});

test('inside is not merely the same beginning', () => {
  expect(isInside('/srv/a', '/srv/a/b')).toBe(true);
  expect(isInside('/srv/a', '/srv/a')).toBe(true);
  expect(isInside('/srv/a', '/srv/ab')).toBe(false);
  expect(isInside('/srv/a', '/srv/..a')).toBe(false);
});
