import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  openSync,
  readFileSync,
  readdirSync,
  realpathSync,
} from 'node:fs';
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
    const code = codeOf(error);
    if (code === '') throw error;
    const known = readingHints[code] ?? [
      'source-unreadable',
      `it cannot be read (${code})`,
      'see errno(3), and the path',
    ];
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
    // Where the file itself cannot be read, that is what is reported.
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(codeOf(error))) return [];
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
  EBUSY: 'something is mounted there: name a new directory below it',
};

/** A failed write as the user's error; `nothing was written` is for the caller to make true. */
function writingError(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === '') return error;
  const hint = writingHints[code] ?? 'see errno(3), and choose another place';
  return refuse('cannot-write', path, `cannot be written (${code}); nothing was changed`, hint);
}

/**
 * Replaces the file in one step: a reader, or a power cut, sees the old text or the new one. Keeps its mode and its
 * owner; where it is a symbolic link, the file that it leads to is replaced.
 */
export function replaceFile(path: string, content: string): void {
  let staged: string | undefined;
  try {
    const target = realpathSync(path);
    const { mode, uid, gid } = statSync(target);
    staged = join(dirname(target), `.${basename(target)}.rc-lxc-new`);
    rmSync(staged, { force: true });
    const descriptor = openSync(staged, 'wx', 0o600);
    try {
      writeFileSync(descriptor, content);
      if (uid !== process.getuid?.() || gid !== process.getgid?.()) fchownSync(descriptor, uid, gid);
      fchmodSync(descriptor, mode & 0o7777);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(staged, target);
  } catch (error) {
    if (staged !== undefined) discard(staged);
    throw writingError(error, path);
  }
}

/** Removes what was being written; that this fails as well must not hide why. */
function discard(staged: string): void {
  try {
    rmSync(staged, { recursive: true, force: true });
  } catch {
    // The first failure is the one that is reported.
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
  const staged = `${target}.rc-lxc-new`;
  try {
    refuseUsed(target);
    // rmSync alone gives some failures no code.
    if (statSync(staged, { throwIfNoEntry: false }) !== undefined) rmSync(staged, { recursive: true });
    mkdirSync(staged, { mode: 0o755 });
    writeEntries(staged, files);
    if (statSync(target, { throwIfNoEntry: false }) !== undefined) rmdirSync(target);
    renameSync(staged, target);
  } catch (error) {
    discard(staged);
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

/** Also false for what this user may not look at. */
export function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
