import { posix } from 'node:path';

/** A name or a path that would lead out of the directory it belongs in. */
export class UnsafePathError extends Error {
  readonly path: string;

  constructor(path: string, reason: string) {
    super(`${JSON.stringify(path)} ${reason}`);
    this.name = 'UnsafePathError';
    this.path = path;
  }
}

/** True for one component of a path: no slash, no NUL, not `.` or `..`, not empty, at most 255 bytes (NAME_MAX). */
export function isFileName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\0]/u.test(name) && Buffer.byteLength(name) <= 255;
}

/**
 * The path of a file in a directory. The names become components as they are, so the result is always below it.
 * @throws UnsafePathError for a name that is no component.
 */
export function inDirectory(directory: string, ...names: readonly string[]): string {
  for (const name of names) {
    if (!isFileName(name)) throw new UnsafePathError(name, 'is no file name');
  }
  return posix.join(directory, ...names);
}

/** True for an absolute path with nothing in it that leads upwards or nowhere (`..`, NUL). */
export function isAbsolutePath(path: string): boolean {
  return path.startsWith('/') && !path.includes('\0') && !path.split('/').includes('..');
}

/** An absolute path in one form: no doubled or trailing slashes, no `.` components. */
export function normalPath(path: string): string {
  return posix.join('/', path).replace(/(?<=.)\/$/u, '');
}

/**
 * Where an absolute path lies below another root (`--root DIR`): `/etc/x` below `/mnt` is `/mnt/etc/x`.
 * Symbolic links below the root are the caller's to watch.
 * @throws UnsafePathError for a path that is relative or leads upwards.
 */
export function belowRoot(root: string, path: string): string {
  if (!isAbsolutePath(path)) throw new UnsafePathError(path, 'is no absolute path without ".."');
  return posix.join(root, path);
}

/** True when `path` is `directory` or below it, judged by the text alone. */
export function isInside(directory: string, path: string): boolean {
  const relative = posix.relative(normalPath(directory), normalPath(path));
  return relative !== '..' && !relative.startsWith('../');
}
