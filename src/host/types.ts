import type { Found } from '../plan/types.ts';

export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/**
 * Everything the rest may ask of a machine. All paths are absolute and below `root` (Portage's ROOT),
 * which the host puts before them. File calls are synchronous: they are many and short.
 * Failures of the file system come as UserError with the path and the remedy.
 */
export interface Host {
  readonly root: string;
  /** File, link or nothing; never follows a link at the last component. */
  look(path: string): Found;
  readText(path: string): string | undefined;
  list(directory: string): readonly string[];
  isDirectory(path: string): boolean;
  /** Write, fsync, never through a link. Makes parent directories. */
  writeNew(path: string, content: string | Uint8Array, mode: number): void;
  symlink(target: string, path: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  removeEmptyDirectory(path: string): void;
  chmod(path: string, mode: number): void;
  makeDirectory(path: string): void;
  syncDirectory(path: string): void;
  /** Exclusive lock with the holder's pid; undefined and the holder when taken. */
  lock(path: string): { release(): void } | { heldBy: string };
  /** Runs a program of the machine; never through a shell. `undefined` when there is no such program. */
  run(argv: readonly string[], options?: { input?: string; timeoutMs?: number }): Promise<Output | undefined>;
  /** True when programs of this machine act on `root` (root is `/`). */
  readonly live: boolean;
  readonly isRoot: boolean;
}
