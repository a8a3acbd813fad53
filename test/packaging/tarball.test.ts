import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { checkout } from './support/portage.ts';
import { copyOfCheckout, pack, run, withNode } from './support/tarball.ts';

let work = '';
let tarball = '';
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'rc-lxc-tarball-'));
  tarball = pack(checkout, join(work, 'here'), withNode());
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const sum = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('make dist', () => {
  it('gives the same bytes from another folder, at another time, in another zone and with another umask', () => {
    const other = join(work, 'elsewhere/deeper');
    copyOfCheckout(other);
    const strange = { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', HOME: '/nowhere' };
    run(['sh', '-c', 'umask 077 && node build/compile.ts'], { cwd: other, env: { ...withNode(), ...strange } });
    const again = pack(other, join(work, 'there'), { ...withNode(), ...strange });
    expect(sum(again)).toBe(sum(tarball));
  });

  it('holds what it says, owned by nobody in particular, of one time', () => {
    const lines = run(['tar', '--utc', '--full-time', '-tvzf', tarball]).trimEnd().split('\n');
    const owners = new Set(lines.map((line) => line.split(/\s+/u)[1]));
    const times = new Set(lines.map((line) => line.split(/\s+/u).slice(3, 5).join(' ')));
    const modes = new Set(lines.map((line) => line.slice(0, 10)));
    expect([...owners]).toEqual(['0/0']);
    expect(times.size).toBe(1);
    expect([...modes].filter((mode) => !/^(?:[-d]rwxr-xr-x|-rw-r--r--|l.*)$/u.test(mode))).toEqual([]);
    const paths = lines.map((line) => line.split(/\s+/u)[5] ?? '');
    for (const wanted of [
      'Makefile',
      'LICENSE',
      'dist/main.mjs',
      'dist/licences/LIST',
      'src/main.ts',
      'init.d/rc-lxc',
      'conf.d/rc-lxc',
      'examples/excelsior/host.ini',
      'check/excelsior/etc/init.d/lxc.web1',
    ])
      expect(
        paths.some((path) => path.replace(/^[^/]+\//u, '') === wanted),
        wanted,
      ).toBe(true);
    expect(paths.filter((path) => /node_modules|\/ebuild\/app-|\/test\/|__pycache__|\.git/u.test(path))).toEqual([]);
  });

  it('installs and checks itself without npm, and without what is not in it', () => {
    const top = join(work, 'unpacked');
    run(['mkdir', top]);
    run(['tar', '-C', top, '--strip-components=1', '-xzf', tarball]);
    const image = join(work, 'an image');
    run(['make', 'check'], { cwd: top, env: { ...withNode(), NPM: 'false' } });
    run(['make', 'install', `DESTDIR=${image}`, 'LAB=no', 'NPM=false'], { cwd: top });
    expect(run([join(image, 'usr/lib/rc-lxc/main.mjs'), '--version'], { env: withNode() })).toMatch(/^\d+\.\d+\.\d+/u);
    expect(run(['find', image, '-path', '*/rc-lxc/lab/*'])).toBe('');
  });

  it('names the licence of every package that is bundled, with its text', () => {
    const list = run(['tar', '-xzOf', tarball, '--wildcards', '*/dist/licences/LIST']).trimEnd().split('\n');
    expect(list.length).toBeGreaterThan(20);
    for (const line of list) expect(line).toMatch(/^\S+ \d\S*: [A-Za-z0-9.-]+$/u);
  });
});
