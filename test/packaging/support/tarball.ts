import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { checkout } from './portage.ts';

/** Runs a program outside of any host; a failure shows what it printed last. */
export function run(argv: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}): string {
  const [program = '', ...args] = argv;
  const { stdout, stderr, status } = spawnSync(program, args, {
    encoding: 'utf8',
    cwd: options.cwd ?? checkout,
    env: { ...process.env, ...options.env },
    maxBuffer: 16 * 1024 * 1024,
  });
  if (status === 0) return stdout;
  throw new Error(
    `'${argv.join(' ')}' failed with exit status ${String(status)}:\n${stdout.slice(-2000)}${stderr.slice(-2000)}`,
  );
}

/** Packs what is built in a checkout into `directory`; gives the tarball's path. */
export function pack(top: string, directory: string, env: Record<string, string> = {}): string {
  run(['sh', 'build/dist.sh'], { cwd: top, env: { RELEASE_DIR: directory, ...env } });
  const name = readdirSync(directory).find((each) => each.endsWith('.tar.gz'));
  if (name === undefined) throw new Error(`no tarball in ${directory}`);
  return join(directory, name);
}

/** What a build reads, in another folder; the modules are linked to. */
export function copyOfCheckout(to: string): void {
  mkdirSync(to, { recursive: true });
  const files = ['src', 'build', 'templates', 'init.d', 'conf.d', 'examples', 'docs', 'README.md', 'CHANGELOG.md'];
  const others = [
    'LICENSE',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'Makefile',
    'install.mk',
    'bin',
    'bench',
    'ebuild',
  ];
  const there = new Set(readdirSync(checkout));
  for (const name of [...files, ...others].filter((each) => there.has(each)))
    cpSync(join(checkout, name), join(to, name), { recursive: true });
  symlinkSync(join(checkout, 'node_modules'), join(to, 'node_modules'));
}

/** The Node that runs this, first in the search path. */
export const withNode = (): Record<string, string> => ({
  PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
});
