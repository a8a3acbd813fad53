import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathInside } from './files.ts';
import type { ThrowawayHost } from './host.ts';
import { findProgram } from './refusal.ts';

export interface GuestOptions {
  /** What the guest answers to any `GET /` on port 80; it runs no web server without. */
  readonly http?: string;
  /**
   * busybox's own init, which takes two seconds to halt; or `instant`, a script that exits at the first signal that
   * asks it to end, for tests of many rounds. Default busybox.
   */
  readonly init?: 'busybox' | 'instant';
  /** Lines to add to its inittab, such as `::once:/bin/sleep 1`. */
  readonly inittab?: readonly string[];
  /** The lxcpath; /var/lib/lxc by default. */
  readonly path?: string;
}

const folders = ['bin', 'sbin', 'dev', 'etc', 'proc', 'root', 'run', 'sys', 'tmp', 'var', 'www', 'usr/bin', 'usr/sbin'];

const applets = `
  [ cat chmod cut date dd df dmesg echo env false free grep head hostname httpd id ip kill ln ls mkdir
  mount nc netstat nslookup ping ping6 poweroff printf ps pwd rm sed seq setsid sh sleep sort stty
  sync sysctl tail test time timeout top touch true umount uname uptime usleep vi wc wget yes`;

/**
 * Makes the root of a guest that runs busybox's init: some 70 links to one static program, in milliseconds.
 * All of it belongs to root, for idmapped mounts and for no mapping at all. Writes no LXC config and configures no
 * network: that is for who tests it. Returns the rootfs as the host names it.
 */
export function makeBusyboxRootfs(host: ThrowawayHost, name: string, options: GuestOptions = {}): string {
  const path = options.path ?? '/var/lib/lxc';
  const rootfs = `${path}/${name}/rootfs`;
  const root = pathInside(host.root, rootfs);
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
  linkSync(sharedBusybox(pathInside(host.root, path)), join(root, 'bin/busybox'));
  for (const applet of applets.trim().split(/\s+/u)) symlinkSync('busybox', join(root, 'bin', applet));
  for (const link of ['sbin/poweroff', 'sbin/reboot', 'sbin/halt']) symlinkSync('/bin/busybox', join(root, link));
  makeInit(join(root, 'sbin/init'), options);
  for (const [file, text] of Object.entries(systemFiles(name, options))) writeFileSync(join(root, file), text);
  return rootfs;
}

const webServer = '/bin/httpd -f -p 80 -h /www';

function makeInit(path: string, options: GuestOptions): void {
  if (options.init !== 'instant') {
    symlinkSync('/bin/busybox', path);
    return;
  }
  const server = options.http === undefined ? '' : `${webServer} &\n`;
  const script = `#!/bin/sh\ntrap 'exit 0' PWR TERM INT USR1 USR2\n${server}while :; do sleep 3600 & wait $!; done\n`;
  writeFileSync(path, script, { mode: 0o755 });
}

/** One copy for all guests of a lxcpath, each of which links to it: fifty guests take the space of one. */
function sharedBusybox(lxcPath: string): string {
  const shared = join(lxcPath, '.busybox');
  const source = findProgram('busybox');
  if (source === undefined) throw new Error('busybox is missing; install busybox-static');
  if (!existsSync(shared)) copyFileSync(source, shared);
  chmodSync(shared, 0o755);
  return shared;
}

function systemFiles(name: string, options: GuestOptions): Record<string, string> {
  const server = options.http === undefined ? [] : [`::respawn:${webServer}`];
  return {
    'etc/inittab': [...server, ...(options.inittab ?? []), ''].join('\n'),
    'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
    'etc/group': 'root:x:0:\n',
    'etc/hostname': `${name}\n`,
    'etc/resolv.conf': '',
    ...(options.http === undefined ? {} : { 'www/index.html': options.http }),
  };
}
