import { UserError, problem } from '../base/errors.ts';

/** What a person can do about a failed call, by the kernel's code (errno(3)). */
const remedies: Readonly<Record<string, readonly [code: string, message: string, hint: string]>> = {
  ENOSPC: ['disk-full', 'there is no room left', 'make room on that file system'],
  EDQUOT: ['disk-full', 'the quota is used up', 'make room or raise the quota'],
  EROFS: ['read-only', 'that file system is mounted read-only', 'remount it for writing: mount -o remount,rw'],
  EACCES: ['no-permission', 'this user may not do that', 'run as root'],
  EPERM: ['no-permission', 'this user may not do that, or the file is immutable', 'run as root; see lsattr'],
  EISDIR: ['in-the-way', 'a directory stands where a file belongs', 'move it away'],
  ENOTDIR: ['in-the-way', 'a file stands where a directory belongs', 'move it away'],
  EEXIST: ['in-the-way', 'something of that name is there already', 'move it away'],
  ENOTEMPTY: ['in-the-way', 'a directory of that name is not empty', 'move it away'],
  ELOOP: ['link-loop', 'its symbolic links lead in a circle', 'mend the link'],
  ENOENT: ['missing', 'a directory on the way is missing', 'make it'],
  EXDEV: [
    'cross-device',
    'it lies on another file system than its directory',
    'unmount what is mounted on the file itself',
  ],
  ENAMETOOLONG: ['name-too-long', 'the name is longer than that file system takes', 'choose a shorter name'],
  EMLINK: ['too-many-links', 'it has as many names as that file system allows', 'remove some of its hard links'],
  EBUSY: ['busy', 'something is mounted on it', 'unmount it'],
  EMFILE: ['too-many-files', 'too many files are open', 'raise the limit: ulimit -n'],
  ENFILE: ['too-many-files', 'the machine has too many files open', 'raise fs.file-max'],
  ENOTSUP: ['unsupported', 'that file system cannot do that', 'choose another file system'],
  EIO: ['disk-error', 'the disk reports an error', 'see the kernel log'],
};

/** The kernel's code of a failed file call, '' for anything else. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Runs a file call; a failure that a person can mend is a UserError with the path and the remedy. */
export function guarded<T>(path: string, doing: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw asUserError(error, path, doing);
  }
}

/** As `guarded`, of a call that takes its time. */
export async function guardedAsync<T>(path: string, doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw asUserError(error, path, doing);
  }
}

/** The failure as the user's error where there is a remedy, else as it is. */
function asUserError(error: unknown, path: string, doing: string): unknown {
  const known = remedies[codeOf(error)];
  if (known === undefined || error instanceof UserError) return error;
  return new UserError(problem(known[0], `${path}: cannot be ${doing}: ${known[1]}`, { hint: known[2] }));
}
