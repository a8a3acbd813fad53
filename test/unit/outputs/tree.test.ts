import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { assert, constantFrom, property, string, tuple } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { lxcKeyProblem, lxcValueProblem } from '../../../src/lxc/check.ts';
import type { DesiredTree } from '../../../src/tree/types.ts';
import { manyContainers } from '../resolve/support.ts';
import { contentOf, lxcLines, treeOf } from './support.ts';

/** Text that is hard on every language it is written to. */
const awkward = tuple(
  string({
    unit: constantFrom(
      'a',
      'B',
      '0',
      ' ',
      '"',
      "'",
      '`',
      '$',
      '\\',
      '(',
      ')',
      ';',
      '#',
      '|',
      '&',
      '*',
      '~',
      '{',
      '%',
      'ä',
      '!',
    ),
  }),
  constantFrom('x', '/', '=', ':', "it's"),
).map(([start, end]) => `${start}${end}`.trim());

/** Path and content of each file. */
function written(tree: DesiredTree): readonly (readonly [string, string])[] {
  return tree.files.map((file) => [file.path, file.kind === 'file' ? file.content : file.kind]);
}

function pathsWith(known: { readonly newuidmap: boolean }): readonly string[] {
  return treeOf('[container a]\nid = 2\n', { installedLxc: '7.0.0', ...known }).files.map(({ path }) => path);
}

/** A file of a container with this line, written for this LXC. */
function writtenFor(version: string, line: string, path: string): string {
  return contentOf(treeOf(`[host]\nlxc = ${version}\n[container a]\nid = 2\n${line}\n`), path);
}

const lxcInfo = spawnSync('lxc-info', ['--version']).status === 0 ? it : it.skip;

describe('what is written', () => {
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'rc-lxc-outputs-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('comes back from the shell exactly', () => {
    assert(
      property(awkward, (command) => {
        const tree = treeOf(`[container web1]\nid = 1\nready = ${JSON.stringify(`exec:${command}`)}\n`);
        const script = `${contentOf(tree, '/etc/conf.d/lxc.web1')}\nprintf '%s' "$lxc_ready"`;
        const { stdout, stderr } = spawnSync('sh', [], { input: script, encoding: 'utf8' });
        expect({ stdout, stderr }).toEqual({ stdout: `exec:${command}`, stderr: '' });
      }),
      { numRuns: 60 },
    );
  });

  lxcInfo('comes back from LXC exactly', () => {
    mkdirSync(join(directory, 'web1'));
    assert(
      property(awkward, awkward, (name, value) => {
        const text = `[container web1]\nid = 1\nrootfs = ${JSON.stringify(`/srv/lxc/x${name}`)}\nsysctl.net.core.x = ${JSON.stringify(value)}\n`;
        const rootfs = `/srv/lxc/x${name}`.replaceAll(/\/{2,}/gu, '/').replace(/\/$/u, '');
        writeFileSync(join(directory, 'web1/config'), contentOf(treeOf(text), '/var/lib/lxc/web1/config'));
        const keys = ['lxc.rootfs.path', 'lxc.sysctl.net.core.x'];
        const asked = ['-P', directory, '-n', 'web1', ...keys.flatMap((key) => ['-c', key])];
        const { stdout } = spawnSync('lxc-info', asked, { encoding: 'utf8' });
        expect(stdout).toBe(`lxc.rootfs.path = ${rootfs}\nlxc.sysctl.net.core.x = ${value}\n`);
      }),
      { numRuns: 40 },
    );
  });

  it('has only keys and values that the LXC written for takes', () => {
    const text = [
      '[network n]\nipv4 = 10.0.3.1/24\nipv6 = fd00::1/64\ndns = 10.0.3.1\nmtu = 1400',
      '[profile all]\nnetwork = n\nmemory = 1G\ncpus = 1.5\npids = 5\nio-weight = 7\nstop-signal = SIGRTMIN+3\nid-mapping = owner',
      'devices = /dev/fuse\nmount = /srv /srv\ncapabilities = -net_raw\nsysctl.net.core.somaxconn = 5',
      '[container a]\nid = 2\nuse = all',
      '[container b]\nid = 3\nuse = all\nuser-namespace = no',
      '[container c]\nid = 4\nid-mapping = owner',
    ].join('\n');
    for (const installedLxc of ['4.0.0', '4.0.6', '4.0.12', '5.0.0', '5.0.3', '6.0.0', '7.0.0']) {
      const cgroup1Controllers = installedLxc === '7.0.0' ? [] : ['memory', 'devices', 'blkio', 'cpu', 'pids'];
      for (const controllers of [[], cgroup1Controllers]) {
        const tree = treeOf(text, { installedLxc, cgroup1Controllers: controllers });
        for (const name of ['a', 'b', 'c']) {
          const lines = lxcLines(contentOf(tree, `/var/lib/lxc/${name}/config`));
          expect(lines.length).toBeGreaterThan(10);
          for (const [key, value] of lines) {
            expect([key, lxcKeyProblem(key, installedLxc), lxcValueProblem(key, value)]).toEqual([
              key,
              undefined,
              undefined,
            ]);
          }
        }
      }
    }
  });

  it('maps ids at mounting only where LXC can: the rootfs from 4.0.7, other mounts from 5.0', () => {
    expect(writtenFor('4.0.7', 'mount = /srv /srv', '/var/lib/lxc/a/config').match(/idmap=container/gu)).toHaveLength(
      1,
    );
    expect(writtenFor('5.0', 'mount = /srv /srv', '/var/lib/lxc/a/config').match(/idmap=container/gu)).toHaveLength(2);
  });

  it('has a filter of system calls in the words of the LXC written for', () => {
    const privileged = 'id-mapping = owner\nuser-namespace = no';
    expect(writtenFor('4.0.3', privileged, '/etc/rc-lxc/privileged.seccomp')).toMatch(/^2\nblacklist\n#/u);
    expect(writtenFor('4.0.4', privileged, '/etc/rc-lxc/privileged.seccomp')).toMatch(/^2\ndenylist\n#/u);
  });

  it('leaves the filter to a line of the description that names another', () => {
    const text = '[container a]\nid = 2\nuser-namespace = no\nraw = lxc.seccomp.profile = /etc/lxc/strict.seccomp\n';
    const lines = lxcLines(contentOf(treeOf(text), '/var/lib/lxc/a/config'));
    expect(lines.filter(([key]) => key === 'lxc.seccomp.profile')).toEqual([
      ['lxc.seccomp.profile', '/etc/lxc/strict.seccomp'],
    ]);
  });

  it('does not change where only lines of the description move', () => {
    const text = manyContainers(3);
    const moved = `; a comment\n\n${text.replaceAll('[container', '\n[container')}`;
    expect(written(treeOf(moved))).toEqual(written(treeOf(text)));
  });

  it('adds its lines to /etc/subuid only where newuidmap is', () => {
    expect(pathsWith({ newuidmap: true })).toContain('/etc/subuid');
    expect(pathsWith({ newuidmap: false })).not.toContain('/etc/subuid');
  });

  it('says where each file comes from', () => {
    for (const file of treeOf(manyContainers(2)).files) {
      expect(file.origin.file).toBe('host.ini');
      if (file.kind === 'file') expect(file.content).toMatch(/^# Generated by rc-lxc from host\.ini, .+\.$/mu);
    }
  });
});
