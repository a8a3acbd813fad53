import { describe, expect, it } from 'vitest';
import { hierarchies, parseMountinfo } from '../../../src/lab/machine.ts';

describe('parseMountinfo', () => {
  it('undoes escapes, and takes lines with and without optional fields', () => {
    const text = [
      '36 35 98:0 /a\\040b /mnt/x\\011y rw,noatime master:1 - ext3 /dev/root rw,errors=continue',
      '22 27 0:21 / /proc rw,relatime - proc proc rw',
      'not a line',
      '',
    ].join('\n');
    expect(parseMountinfo(text)).toEqual([
      { root: '/a b', point: '/mnt/x\ty', type: 'ext3', superOptions: ['rw', 'errors=continue'] },
      { root: '/', point: '/proc', type: 'proc', superOptions: ['rw'] },
    ]);
  });
});

const mount = (root: string, point: string, type: string, options: string): string =>
  `31 23 0:28 ${root} ${point} rw,nosuid - ${type} ${type} rw,${options}`;

describe('hierarchies', () => {
  it('finds version 1 by its controllers or its name, below our own group, and leaves out what is not mounted', () => {
    const mounts = parseMountinfo(
      [
        mount('/', '/no/cpu', 'cgroup', 'cpu,cpuacct'),
        mount('/', '/no/cpuset', 'cgroup', 'cpuset'),
        mount('/', '/no/systemd', 'cgroup', 'xattr,name=systemd'),
        mount('/', '/no/unified', 'cgroup2', 'nsdelegate'),
      ].join('\n'),
    );
    expect(hierarchies(mounts, '9:name=systemd:/\n5:cpu,cpuacct:/\n4:memory:/a\n2:cpuset:/\n0::/\n')).toEqual([
      { version: 1, point: '/no/systemd', parent: '/no/systemd', options: 'none,name=systemd' },
      { version: 1, point: '/no/cpu', parent: '/no/cpu', options: 'cpu,cpuacct' },
      { version: 1, point: '/no/cpuset', parent: '/no/cpuset', options: 'cpuset' },
      { version: 2, point: '/no/unified', parent: '/no/unified', options: 'rw' },
    ]);
  });

  it('puts a group of version 2 beside our own, and one of version 1 into it', () => {
    const mounts = parseMountinfo(
      [mount('/', '/cg', 'cgroup2', 'x'), mount('/docker/1', '/cg/pids', 'cgroup', 'pids')].join('\n'),
    );
    const text = '1:pids:/docker/1/own\n0::/user.slice/session:1.scope\n';
    expect(hierarchies(mounts, text, () => true).map(({ parent }) => parent)).toEqual([
      '/cg/pids/own',
      '/cg/user.slice',
    ]);
  });

  it('falls back to the mount point for a group that is not below it', () => {
    const mounts = parseMountinfo(mount('/docker/1', '/cg', 'cgroup2', 'x'));
    for (const path of ['/../..', '/docker/1', '/docker/12', '/elsewhere'])
      expect(hierarchies(mounts, `0::${path}\n`, () => true)).toMatchObject([{ parent: '/cg' }]);
  });
});
