import { describe, expect, it } from 'vitest';

import { UserError } from '../../../src/base/errors.ts';
import { makeTree } from '../../../src/tree/tree.ts';
import { file, link, treeOf } from '../apply/trees.ts';

describe('a tree', () => {
  it('is sorted by path in byte order', () => {
    const paths = ['/etc/b', '/etc/B', '/etc/a/b', '/etc/a.b', '/var/lib/lxc/c/config'];
    const sorted = ['/etc/B', '/etc/a.b', '/etc/a/b', '/etc/b', '/var/lib/lxc/c/config'];
    expect(treeOf(paths.map((path) => file(path, ''))).files.map(({ path }) => path)).toEqual(sorted);
  });

  it('has no path twice, whatever kinds of file claim it', () => {
    expect(() => treeOf([file('/etc/a', ''), link('/etc/a', 'b')])).toThrow('two outputs claim /etc/a');
  });

  it.each(['etc/a', '/', '', '/etc/', '/etc//a', '/etc/./a', '/etc/../usr/a', '/etc/..', '/etc/a\nb', '/etc/a\0b'])(
    'refuses %j, which is not one place',
    (path) => expect(() => treeOf([file(path, '')])).toThrow('not a path'),
  );

  it.each([
    '/usr/bin/a',
    '/etcetera',
    '/var/lib/rc-lxc/manifest.json',
    '/etc/init.d/.rc-lxc-new.lxc.a',
    '/etc/conf.d/._cfg0000_lxc.a',
  ])('refuses %s, which is not for outputs', (path) => {
    expect(() => treeOf([file(path, '')], ['web1'])).toThrow('not a place of ours');
  });

  it('takes containers wherever the lxcpath is', () => {
    const elsewhere = { name: 'a', service: 'lxc.a', lxcPath: '/srv/lxc path', rootfs: '/srv/lxc path/a/rootfs' };
    const tree = (path: string) => makeTree({ files: [file(path, '')], containers: [elsewhere], runlevels: new Map() });
    expect(tree('/srv/lxc path/a/config').files).toHaveLength(1);
    expect(() => tree('/srv/other/config')).toThrow('not a place of ours');
  });

  it.each(['/var/lib/lxc/web1', '/var/lib/lxc/web1/config', '/var/lib'])(
    'keeps files of the host out of a rootfs at %s',
    (rootfs) => {
      const container = { name: 'web1', service: 'lxc.web1', lxcPath: '/var/lib/lxc', rootfs };
      const files = [file('/var/lib/lxc/web1/config', '')];
      expect(() => makeTree({ files, containers: [container], runlevels: new Map() })).toThrow(UserError);
    },
  );
});
