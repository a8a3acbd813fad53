import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { labFolder } from './scripts.ts';

/** What the host is made with and what it is made for, and the package that a person would look for. */
const programs: readonly (readonly [program: string, from: string])[] = [
  ['unshare', 'util-linux'],
  ['nsenter', 'util-linux'],
  ['setpriv', 'util-linux'],
  ['pivot_root', 'util-linux'],
  ['ip', 'iproute2'],
  ['nft', 'nftables'],
  ['busybox', 'busybox-static'],
  ['openrc-run', 'openrc'],
  ['lxc-start', 'lxc'],
];

export const searchPath = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'].join(
  delimiter,
);

/** One overlay over / in a mount namespace of its own, which is gone with the process. */
const probe = `
mount -t tmpfs lab /tmp && mkdir /tmp/upper /tmp/work /tmp/root &&
mount -t overlay -o lowerdir=/,upperdir=/tmp/upper,workdir=/tmp/work overlay /tmp/root`;

let answer: { readonly refusal: string | undefined } | undefined;

/** Why no throw-away host can be booted on this machine, in one line with the remedy; undefined when one can. Asked once. */
export function throwawayRefusal(): string | undefined {
  answer ??= { refusal: findRefusal() };
  return answer.refusal;
}

function findRefusal(): string | undefined {
  if (!existsSync(join(labFolder, 'boot.sh')))
    return 'needs files of its own, which rc-lxc was installed without; install it with USE=lab (make install LAB=yes)';
  if (process.platform !== 'linux') return `needs Linux, and this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'needs root, for mounts and networks in namespaces; run it with sudo';
  const missing = programs.filter(([program]) => findProgram(program) === undefined);
  if (missing.length > 0)
    return `needs ${missing.map(([program]) => program).join(', ')}; install ${[...new Set(missing.map(([, from]) => from))].join(', ')}`;
  return probeNamespaces();
}

/** What the agents run in; not any python3 of the PATH, which a user namespace might have no right to. */
export const python = '/usr/bin/python3';

/** The same as throwawayRefusal, for what needs agents in the host, too. */
export function agentRefusal(): string | undefined {
  return throwawayRefusal() ?? pythonRefusal();
}

function pythonRefusal(): string | undefined {
  const oldest = 'import sys; sys.exit(sys.version_info < (3, 11))';
  const { status } = spawnSync(python, ['-I', '-S', '-c', oldest], { timeout: 10_000 });
  return status === 0 ? undefined : `needs ${python} of at least version 3.11; install python3`;
}

/** The path of a program on the machine, as the host will find it too. */
export function findProgram(program: string): string | undefined {
  return searchPath
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function probeNamespaces(): string | undefined {
  const flags = ['--mount', '--net', '--pid', '--uts', '--ipc', '--cgroup', '--fork'];
  const result = spawnSync(findProgram('unshare') ?? '', [...flags, '/bin/sh', '-c', probe], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  if (result.status === 0) return undefined;
  const said = result.stderr.trim().split('\n')[0] ?? '';
  if (said.startsWith('unshare'))
    return `may not make namespaces here (${said}); a container needs to be privileged for it`;
  return `cannot lay an overlay over / (${said}); the kernel allows two levels of overlays, and / may be the second already`;
}
