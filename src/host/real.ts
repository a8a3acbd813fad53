import * as fs from 'node:fs';
import { dirname, resolve } from 'node:path';

import type { Encoding } from '../plan/types.ts';
import { codeOf, guarded, guardedAsync } from './failures.ts';
import { pathInside } from './inside.ts';
import { takeLock } from './lock.ts';
import { holds, look } from './look.ts';
import { removeTree } from './remove-tree.ts';
import { runProgram } from './run.ts';
import { holdSignals } from './signals.ts';
import { entryAt, stamp } from './stamp.ts';
import { syncPaths } from './sync.ts';
import type { Host } from './types.ts';

/** This machine, or a tree of another one below `root`. */
export function realHost(root: string): Host {
  const top = resolve(root);
  const at = placer(top);
  /** Through links to the end of the path. */
  const followed = (path: string) => pathInside(top, path);
  return {
    root: top,
    live: top === '/',
    isRoot: process.getuid?.() === 0,
    look: (path) => guarded(path, 'read', () => look(at(path))),
    holds: (path, content, mode) => guarded(path, 'read', () => holds(at(path), content, mode)),
    readText: (path) => guarded(path, 'read', () => readText(followed(path))),
    list: (directory) => guarded(directory, 'listed', () => list(followed(directory))),
    stamp: (path, recent) => guarded(path, 'read', () => stamp(at(path), recent)),
    isDirectory: (path) => guarded(path, 'read', () => isDirectory(followed(path))),
    write: (path, content, mode, encoding) =>
      guarded(path, 'written', () => writeNew(at(path), content, mode, encoding ?? 'utf8')),
    symlink: (target, path) => guarded(path, 'made', () => fs.symlinkSync(target, at(path))),
    link: (existing, path) => guarded(`${existing}, as ${path}`, 'linked', () => fs.linkSync(at(existing), at(path))),
    chmod: (path, mode) => guarded(path, 'changed', () => chmod(at(path), mode)),
    rename: (from, to) => guarded(to, 'written', () => fs.renameSync(at(from), at(to))),
    remove: (path) => guarded(path, 'removed', () => remove(at(path))),
    makeDirectory: (path, mode) => guarded(path, 'made', () => makeDirectory(top, at, path, mode)),
    removeEmptyDirectory: (path) => guarded(path, 'removed', () => removeEmpty(at(path))),
    removeTree: (path) => guarded(path, 'removed', () => removeTree(at(path))),
    sync: (paths) => guardedAsync(paths[0] ?? '/', 'written', () => syncPaths(paths.map((path) => at(path)))),
    lock: (path) => guarded(path, 'locked', () => takeLock(prepared(top, at, path))),
    holdSignals,
    run: runProgram,
  };
}

/**
 * Where a path lies on this machine. The directory is resolved inside the root, and remembered: directories are few
 * and files many. The last component is not resolved, so that a link there is seen, not followed.
 */
function placer(top: string): (path: string) => string {
  if (top === '/') return (path) => path;
  const directories = new Map<string, string>([['', top]]);
  const resolved = (directory: string): string => {
    const known = directories.get(directory);
    if (known !== undefined) return known;
    const slash = directory.lastIndexOf('/');
    const plain = resolved(directory.slice(0, slash)) + directory.slice(slash);
    const status = fs.lstatSync(plain, { throwIfNoEntry: false });
    // What is not there yet may come to be a link.
    if (status === undefined) return plain;
    const place = status.isSymbolicLink() ? pathInside(top, directory) : plain;
    directories.set(directory, place);
    return place;
  };
  return (path) => {
    const slash = path.lastIndexOf('/');
    return resolved(path.slice(0, slash)) + path.slice(slash);
  };
}

function readText(path: string): string | undefined {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR', 'ESRCH', 'ENODEV', 'EOPNOTSUPP', 'EINVAL'].includes(codeOf(error)))
      return undefined;
    throw error;
  }
}

function list(directory: string): readonly string[] {
  try {
    return fs.readdirSync(directory).toSorted();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(codeOf(error))) return [];
    throw error;
  }
}

function isDirectory(path: string): boolean {
  return fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function remove(path: string): void {
  if (entryAt(path) !== undefined) fs.unlinkSync(path);
}

/** O_EXCL, after a removal where something is there: neither a link nor another program's file is ever written through. */
function writeNew(path: string, content: string, mode: number, encoding: Encoding): void {
  remove(path);
  const descriptor = fs.openSync(path, 'wx', mode & 0o600);
  try {
    fs.writeFileSync(descriptor, content, encoding);
    fs.fchmodSync(descriptor, mode);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** chmod(2) follows links; a descriptor that was opened without does not. */
function chmod(path: string, mode: number): void {
  const descriptor = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK);
  try {
    fs.fchmodSync(descriptor, mode);
  } finally {
    fs.closeSync(descriptor);
  }
}

function makeDirectory(top: string, at: (path: string) => string, path: string, mode = 0o755): readonly string[] {
  const made: string[] = [];
  let missing = path;
  while (missing !== '/' && fs.lstatSync(at(missing), { throwIfNoEntry: false }) === undefined) {
    made.unshift(missing);
    missing = dirname(missing);
  }
  for (const directory of made) {
    fs.mkdirSync(at(directory), { mode: 0o700 });
    fs.chmodSync(at(directory), directory === path ? mode : 0o755);
  }
  // A link or a file in the place of a directory shows now, not in the middle of writing.
  if (!fs.statSync(pathInside(top, path)).isDirectory()) throw Object.assign(new Error(path), { code: 'ENOTDIR' });
  return made;
}

function removeEmpty(path: string): void {
  try {
    fs.rmdirSync(path);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR', 'EBUSY'].includes(codeOf(error))) throw error;
  }
}

function prepared(top: string, at: (path: string) => string, path: string): string {
  makeDirectory(top, at, dirname(path));
  return at(path);
}
