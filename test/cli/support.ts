import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterEach } from 'vitest';

const checkout = resolve(import.meta.dirname, '../..');

export const program = join(checkout, 'bin/rc-lxc');

export interface CliResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** Runs the program of the checkout, as a person would, with a terminal on neither side. */
export function rcLxc(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; ordinary?: boolean } = {},
): CliResult {
  const { stdout, stderr, status } = spawnSync(program, args, {
    encoding: 'utf8',
    cwd: options.cwd ?? checkout,
    env: { ...process.env, ...options.env },
    maxBuffer: 64 * 1024 * 1024,
    // `nobody`: whom nothing belongs to. Who is not root is ordinary already.
    ...(options.ordinary === true && process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
  });
  return { stdout, stderr, exitCode: status };
}

const made: string[] = [];

/** A folder of this test's own, removed after it. */
export function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'rc-lxc-test-'));
  made.push(directory);
  return directory;
}

afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A small description without mistakes; `links` is named so that the machine has no say. */
export const small = `[host]
name = excelsior
uplink = eth0
links = iproute2
lxc = 5.0

[network internal]
type = bridge
ipv4 = 10.0.3.1/24
nat = yes

; the web server
[container web1]
id = 11
network = internal
`;
