import type { Encoding, Found } from '../plan/types.ts';

export interface HeldSignals {
  /** The signal that came meanwhile, if one did. */
  received(): Promise<string | undefined>;
  /** Aborted when one comes. */
  readonly arrival: AbortSignal;
  /** Forgets what came: whoever sent it has been answered by other means. */
  forgive(): void;
  /** Lets signals through again. One that came and was not forgiven ends the process now. */
  release(): void;
}

export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface RunOptions {
  readonly input?: string;
  readonly timeoutMs?: number;
  /** When it is aborted the program and all that it started are asked to end (SIGTERM). */
  readonly cancel?: AbortSignal;
}

/**
 * Everything the rest may ask of a machine. All paths are absolute and mean places below `root` (Portage's ROOT);
 * links on the way to them are resolved inside it. File calls are synchronous: they are many and short.
 * Failures of the file system come as UserError with the path and the remedy.
 */
export interface Host {
  readonly root: string;
  /** True when programs of this machine act on `root` (root is `/`). */
  readonly live: boolean;
  readonly isRoot: boolean;
  /** File, link or nothing; never follows a link at the last component. */
  look(path: string): Found;
  /** True for a file with exactly this content and mode; cheaper than to look, and false where looking would fail. */
  holds(path: string, content: string, mode: number): boolean;
  /**
   * What the kernel says of the inode at a path; it changes with content, mode, owner and name. undefined when there is
   * nothing, or when it changed within the last `recent` milliseconds, when a stamp could not tell another change.
   */
  stamp(path: string, recent?: number): string | undefined;
  /** The text of a file, through links; undefined when there is none or it may not be read. */
  readText(path: string): string | undefined;
  /** Names in a directory, sorted; none when there is no such directory. */
  list(directory: string): readonly string[];
  isDirectory(path: string): boolean;
  /** A new file; one of that name is replaced, a link never followed. `mode` holds whatever the umask is. */
  write(path: string, content: string, mode: number, encoding?: Encoding): void;
  symlink(target: string, path: string): void;
  /** A second name for a file or link. Fails where something of that name is, and so never replaces anything. */
  link(existing: string, path: string): void;
  chmod(path: string, mode: number): void;
  rename(from: string, to: string): void;
  /** Removes a file or link; nothing happens when there is none. */
  remove(path: string): void;
  /**
   * Makes it and what leads to it; gives those that were made, outermost first. It gets `mode` (755 when not given),
   * what leads to it 755, whatever the umask is. What is there already stays as it is.
   */
  makeDirectory(path: string, mode?: number): readonly string[];
  /** Removes a directory if it is empty; otherwise leaves it. */
  removeEmptyDirectory(path: string): void;
  /** Removes a directory and all below it, on its own file system alone; links are not followed. */
  removeTree(path: string): void;
  /** Returns when these files and directories are on the disk. */
  sync(paths: readonly string[]): Promise<void>;
  /** An exclusive lock; `heldBy` says who has it when it is taken. A lock of a process that is gone is taken over. */
  lock(path: string): { release(): void } | { readonly heldBy: string };
  /** Makes SIGINT, SIGTERM and SIGHUP wait until they are released. */
  holdSignals(): HeldSignals;
  /** Runs a program of the machine, never through a shell. `undefined` when there is no such program. */
  run(argv: readonly string[], options?: RunOptions): Promise<Output | undefined>;
}
