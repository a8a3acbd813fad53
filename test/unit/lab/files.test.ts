import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pathInside } from '../../../src/lab/files.ts';

describe('pathInside', () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'rc-lxc-lab-test-'));
    mkdirSync(join(root, 'usr/bin'), { recursive: true });
    writeFileSync(join(root, 'usr/bin/sh'), '');
    symlinkSync('usr/bin', join(root, 'bin'));
    symlinkSync('/usr/bin', join(root, 'absolute'));
    symlinkSync('/bin/sh', join(root, 'usr/bin/twice'));
    symlinkSync('../../../../../usr/bin', join(root, 'usr/up'));
    symlinkSync('loop', join(root, 'loop'));
    symlinkSync('/etc/gone', join(root, 'dangling'));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it.each([
    ['/', ''],
    ['/bin/sh', '/usr/bin/sh'],
    ['/absolute//./sh', '/usr/bin/sh'],
    ['/usr/bin/twice', '/usr/bin/sh'],
    ['/usr/up/sh', '/usr/bin/sh'],
    ['/../../bin/../lib', '/usr/lib'],
    ['/dangling', '/etc/gone'],
    ['/no/such/file', '/no/such/file'],
  ])('resolves %s inside the root', (path, expected) => {
    expect(pathInside(root, path)).toBe(root + expected);
  });

  it('refuses relative paths and circles', () => {
    expect(() => pathInside(root, 'bin/sh')).toThrow('not an absolute path');
    expect(() => pathInside(root, '/loop/x')).toThrow('too many links');
  });
});
