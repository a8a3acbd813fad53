import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

import { makeTree } from '../../../src/tree/tree.ts';
import type { DesiredFile, DesiredTree } from '../../../src/tree/types.ts';

const origin = { file: 'host.ini', line: 1 };

export function file(path: string, content: string, mode = 0o644): DesiredFile {
  return { kind: 'file', path, content, mode, syntax: 'none', origin, services: [] };
}

export function link(path: string, target: string): DesiredFile {
  return { kind: 'link', path, target, origin, services: [] };
}

export function lines(path: string, ...wanted: readonly string[]): DesiredFile {
  return { kind: 'lines', path, lines: wanted, origin, services: [] };
}

function container(name: string): DesiredTree['containers'][number] {
  return { name, service: `lxc.${name}`, lxcPath: '/var/lib/lxc', rootfs: `/var/lib/lxc/${name}/rootfs` };
}

export function treeOf(
  files: readonly DesiredFile[],
  containers: readonly string[] = [],
  runlevels: Record<string, string> = {},
): DesiredTree {
  return makeTree({
    files,
    containers: containers.map((name) => container(name)),
    runlevels: new Map(Object.entries(runlevels)),
  });
}

/** Two states of a host that differ in every way an apply can change it. */
export const oldTree = treeOf(
  [
    file('/etc/init.d/lxc.web1', 'old script\n', 0o755),
    file('/etc/conf.d/lxc.web1', 'old settings\n'),
    file('/etc/conf.d/lxc.gone', 'settings of one that goes\n'),
    file('/var/lib/lxc/gone/config', 'config of one that goes\n'),
    link('/etc/init.d/net.br-a', 'net.lo'),
    link('/etc/init.d/net.br-b', 'net.lo'),
    lines('/etc/subuid', 'root:100000:65536'),
  ],
  ['web1', 'gone'],
  { 'lxc.web1': 'default', 'lxc.gone': 'default' },
);

export const newTree = treeOf(
  [
    file('/etc/init.d/lxc.web1', 'new script\n', 0o755),
    file('/etc/conf.d/lxc.web1', 'new settings\n'),
    file('/etc/init.d/lxc.db1', 'a service that comes\n', 0o755),
    file('/var/lib/lxc/db1/config', 'config of one that comes\n'),
    link('/etc/init.d/net.br-a', 'net.other'),
    lines('/etc/subuid', 'root:200000:65536'),
  ],
  ['web1', 'db1'],
  { 'lxc.web1': 'default', 'lxc.db1': 'default' },
);

/** Every file and link below a directory, by path: mode and content, or target. */
function contents(directory: string, below = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(join(directory, below)).toSorted()) {
    const path = `${below}/${name}`;
    const status = lstatSync(join(directory, path));
    if (status.isDirectory()) Object.assign(found, { [`${path}/`]: '' }, contents(directory, path));
    else if (status.isSymbolicLink()) found[path] = `-> ${readlinkSync(join(directory, path))}`;
    else found[path] = `${(status.mode & 0o7777).toString(8)} ${readFileSync(join(directory, path), 'utf8')}`;
  }
  return found;
}

/** Without what rc-lxc keeps for itself. */
export function treeContents(directory: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(contents(directory)).filter(([path]) => !path.startsWith('/var/lib/rc-lxc')),
  );
}
