import { closeSync, fstatSync, openSync, readFileSync, readdirSync } from 'node:fs';
import {
  mkdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
  fsyncSync,
  constants,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { UserError, problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';

/** Ten thousand containers are 3 MB of INI; what is much larger is not a description. Bytes. */
const largestSource = 8 * 1024 * 1024;

const readingHints: Record<string, readonly [code: string, message: string, hint: string]> = {
  ENOENT: [
    'source-missing',
    'there is no such file',
    'name the description with -c FILE; examples/excelsior/host.ini is one to start from',
  ],
  EACCES: ['source-unreadable', 'this user may not read it', 'run as root, or allow this user to read it'],
  EISDIR: ['source-is-directory', 'this is a directory, not a description', 'name the file in it: -c FILE'],
  ELOOP: ['source-unreadable', 'its symbolic links lead in a circle', 'mend the link'],
  ENOTDIR: ['source-missing', 'a part of its path is not a directory', 'check the path after -c'],
};

/** The error code of a failed file call, '' for anything else. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function refuse(code: string, path: string, message: string, hint: string): UserError {
  return new UserError(problem(code, `${path}: ${message}`, { hint }));
}

/**
 * Reads one source file. A pipe or device is refused rather than waited for, and so is what is too large to be
 * a description. Bytes that are not UTF-8 come back as U+FFFD, which the scan reports with their line.
 */
function readSource(path: string): { path: string; text: string } {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const status = fstatSync(descriptor);
    const { size } = status;
    if (status.isDirectory()) throw Object.assign(new Error('directory'), { code: 'EISDIR' });
    if (!status.isFile()) throw refuse('source-not-a-file', path, 'this is no regular file', 'name a file: -c FILE');
    if (size > largestSource) {
      const found = `${(size / 1024 / 1024).toFixed(1)} MB is more than a description may have (8 MB)`;
      throw refuse(
        'source-too-large',
        path,
        found,
        'is this the file you mean? A large one can be split into host.ini.d/*.ini',
      );
    }
    return { path, text: readFileSync(descriptor, 'utf8') };
  } catch (error) {
    const known = readingHints[codeOf(error)];
    if (known === undefined) throw error;
    throw refuse(known[0], path, known[1], known[2]);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/**
 * The description: `path`, and after it, in name order (byte order), the `*.ini` files of `PATH.d/` beside it.
 * Every file that cannot be read is reported, not only the first.
 */
export function readSources(path: string): { path: string; text: string }[] {
  const problems: Problem[] = [];
  const sources: { path: string; text: string }[] = [];
  for (const file of [path, ...fragments(`${path}.d`)]) {
    try {
      sources.push(readSource(file));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new UserError(problems);
  return sources;
}

function fragments(directory: string): string[] {
  try {
    const names = readdirSync(directory).filter((name) => name.endsWith('.ini') && !name.startsWith('.'));
    return names.toSorted().map((name) => join(directory, name));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    if (codeOf(error) !== 'EACCES') throw error;
    throw refuse(
      'source-unreadable',
      directory,
      'this user may not list it',
      'run as root, or allow this user to read it',
    );
  }
}

const writingHints: Record<string, string> = {
  ENOSPC: 'make room on that file system',
  EDQUOT: 'the quota of this user is used up',
  EROFS: 'that file system is mounted read-only: remount it, or choose another place',
  EACCES: 'run as root, or choose a directory that this user may write to',
  EPERM: 'run as root, or choose a directory that this user may write to',
  ENOTDIR: 'a part of the path is a file: choose another place',
  ENOENT: 'make its parent directory first',
  EEXIST: 'something of that name is in the way: choose another place',
};

/** A failed write as the user's error; `nothing was written` is for the caller to make true. */
function writingError(error: unknown, path: string): unknown {
  const hint = writingHints[codeOf(error)];
  if (hint === undefined || error instanceof UserError) return error;
  return refuse('cannot-write', path, `cannot be written (${codeOf(error)}); nothing was changed`, hint);
}

/** Replaces the file in one step: a reader, or a power cut, sees the old text or the new one. Keeps its mode. */
export function replaceFile(path: string, content: string): void {
  const staged = join(dirname(path), `.${basename(path)}.rc-lxc-new`);
  try {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0o644;
    const descriptor = openSync(staged, 'w', mode & 0o7777);
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(staged, path);
  } catch (error) {
    rmSync(staged, { force: true });
    throw writingError(error, path);
  }
}

type TreeEntry =
  | { readonly path: string; readonly content: string; readonly mode: number }
  | { readonly path: string; readonly target: string };

/**
 * Writes a whole tree below `directory`, which must be absent or empty. It is written beside and renamed into
 * place, so that it is there whole or not at all.
 */
export function writeTree(directory: string, files: readonly TreeEntry[]): void {
  const target = directory.replace(/\/+$/u, '') || '/';
  refuseUsed(target);
  const staged = `${target}.rc-lxc-new`;
  try {
    rmSync(staged, { recursive: true, force: true });
    mkdirSync(staged, { mode: 0o755 });
    writeEntries(staged, files);
    if (statSync(target, { throwIfNoEntry: false }) !== undefined) rmdirSync(target);
    renameSync(staged, target);
  } catch (error) {
    rmSync(staged, { recursive: true, force: true });
    throw writingError(error, target);
  }
}

function refuseUsed(directory: string): void {
  const status = statSync(directory, { throwIfNoEntry: false });
  if (status === undefined) return;
  if (!status.isDirectory())
    throw refuse('output-in-use', directory, 'this is not a directory', 'choose another place');
  if (readdirSync(directory).length === 0) return;
  throw refuse(
    'output-in-use',
    directory,
    'this directory is not empty; nothing was written',
    'name a new directory, or empty it',
  );
}

function writeEntries(top: string, files: readonly TreeEntry[]): void {
  const made = new Set<string>();
  for (const file of files) {
    const path = top + file.path;
    const parent = dirname(path);
    if (!made.has(parent)) {
      mkdirSync(parent, { recursive: true, mode: 0o755 });
      made.add(parent);
    }
    if ('target' in file) symlinkSync(file.target, path);
    else writeFileSync(path, file.content, { mode: file.mode });
  }
}
