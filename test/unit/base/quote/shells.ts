import { spawnSync } from 'node:child_process';

/** The shells that generated files are sourced by, with the arguments that make them read a script from stdin. */
export const shells: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ['dash', 'dash', []],
  ['bash', 'bash', ['--norc']],
  ['busybox', 'busybox', ['sh']],
];

export function isThere(command: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', command]).status === 0;
}
