import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';

/** A file of an archive: a program or text, a link's target, or a folder. */
export interface Entry {
  readonly path: string;
  readonly mode: number;
  readonly content: Uint8Array;
}

export const folder = (path: string): Entry => ({ path, mode: 0o040_755, content: new Uint8Array() });
export const file = (path: string, content: string | Uint8Array, mode = 0o644): Entry => ({
  path,
  mode: 0o100_000 | mode,
  content: typeof content === 'string' ? Buffer.from(content) : content,
});
export const link = (path: string, target: string): Entry => ({ path, mode: 0o120_777, content: Buffer.from(target) });

/**
 * A cpio archive in the form `newc`, the kernel's own (Documentation/driver-api/early-userspace/buffer-format.rst):
 * each entry has a header of 110 characters, its path with a NUL, and its content, the latter two padded to 4 bytes.
 */
export function cpio(entries: readonly Entry[]): Buffer {
  const trailer: Entry = { path: 'TRAILER!!!', mode: 0, content: new Uint8Array() };
  return Buffer.concat([...entries, trailer].flatMap((entry, at) => archived(entry, at + 1)));
}

function archived({ path, mode, content }: Entry, inode: number): Buffer[] {
  const name = Buffer.from(`${path}\0`);
  const numbers = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length, 0];
  const header = `070701${numbers.map((number) => number.toString(16).padStart(8, '0')).join('')}`;
  return [padded(Buffer.concat([Buffer.from(header), name])), padded(Buffer.from(content))];
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

/**
 * The paths of the modules of these names and of all that they need, below `folder`, whose modules.dep depmod(8) has
 * written: `PATH: NEEDED...` a line. A name that is not there is built into the kernel, or missing in it.
 */
export function moduleClosure(modulesDep: string, names: readonly string[]): string[] {
  const needs = new Map(
    modulesDep.split('\n').flatMap((line): [string, string[]][] => {
      const [path, rest] = line.split(':');
      return path === undefined || rest === undefined ? [] : [[path, rest.split(' ').filter(Boolean)]];
    }),
  );
  const byName = new Map([...needs.keys()].map((path) => [moduleName(path), path]));
  const wanted = names.map((name) => byName.get(name)).filter((path) => path !== undefined);
  return [...new Set(wanted.flatMap((path) => [[path], needs.get(path) ?? []].flat()))];
}

/** As the kernel spells it: a dash in the file's name is an underscore. */
function moduleName(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/\.ko(?:\.\w+)?$/u, '').replaceAll('-', '_');
}

/** Modules with their modules.dep, as busybox's modprobe wants them: not compressed. */
export function moduleEntries(modules: string, release: string, names: readonly string[]): Entry[] {
  const paths = moduleClosure(readFileSync(join(modules, 'modules.dep'), 'utf8'), names);
  const inside = `lib/modules/${release}`;
  const folders = new Set(['lib', 'lib/modules', inside, ...paths.flatMap((path) => foldersOf(inside, path))]);
  const dep = readFileSync(join(modules, 'modules.dep'), 'utf8')
    .split('\n')
    .filter((line) => paths.includes(line.split(':')[0] ?? ''))
    .map((line) => line.split(' ').map(plainWord).join(' '));
  return [
    ...[...folders].map((path) => folder(path)),
    file(`${inside}/modules.dep`, `${dep.join('\n')}\n`),
    ...['modules.builtin', 'modules.alias', 'modules.symbols'].map((name) => file(`${inside}/${name}`, '')),
    ...paths.map((path) => file(`${inside}/${plain(path)}`, decompressed(join(modules, path)))),
  ];
}

const plain = (path: string): string => path.replace(/\.ko\.\w+$/u, '.ko');

function plainWord(word: string): string {
  return word.replace(/\.ko\.\w+(:?)$/u, '.ko$1');
}

function foldersOf(base: string, path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => [base, ...parts.slice(0, at + 1)].join('/'));
}

function decompressed(path: string): Uint8Array {
  if (!existsSync(path)) throw new Error(`the kernel's module ${path} is missing`);
  if (path.endsWith('.xz')) return execFileSync('xz', ['-dc', path], { maxBuffer: 2 ** 28 });
  const content = readFileSync(path);
  if (path.endsWith('.gz')) return gunzipSync(content);
  return path.endsWith('.zst') ? zstdDecompressSync(content) : content;
}
