import type { Host } from '../host/types.ts';
import type { HostFacts } from '../resolve/model.ts';
import type { SourceFile } from '../source/types.ts';
import type { Wiki } from '../wiki/types.ts';

/** The user's own files: the description and what is rendered on request. Paths as the user gave them. */
interface UserFiles {
  /** The main file and the `*.ini` files of `host.ini.d/` beside it, in name order. */
  readSources(path: string): readonly SourceFile[];
  /** Replaces a file in one step, keeping its mode. */
  replace(path: string, content: string): void;
  /** Writes a new tree below `directory`, which must be empty or absent. */
  writeTree(directory: string, files: readonly TreeEntry[]): void;
}

/** Files that are fetched, and lists of them. Paths as the user gave them. */
interface FetchedFiles {
  /** The absolute path of what the user named. */
  absolute(path: string): string;
  /** Size in bytes and hashes of a file; undefined when there is none. */
  sums(path: string): Promise<{ readonly size: number; readonly blake2b: string; readonly sha512: string } | undefined>;
  /** The text of a file, or of what a URL answers. */
  textOf(source: string): Promise<string>;
}

/** One file or link to write below a directory. `path` is absolute in the tree. */
export type TreeEntry =
  | { readonly path: string; readonly content: string; readonly mode: number }
  | { readonly path: string; readonly target: string };

/** Tells what is being done: redrawn on a terminal, a line a step in a log. */
export interface Progress {
  /** `computing`: shown at once, because what follows is long and lets no timer run. */
  step(text: string, work?: 'waiting' | 'computing'): void;
  done(): void;
}

/** What a command is given. */
export interface Context {
  readonly host: Host;
  readonly files: UserFiles;
  readonly fetched: FetchedFiles;
  /**
   * The wiki at an address. What is written there is in the name of the file `credentials`, else of the environment's
   * account; both are read at the first login.
   */
  wiki(address: string, credentials?: string): Wiki;
  /** The description: what `-c` named, else /etc/rc-lxc/host.ini below the root. */
  readonly source: string;
  readonly progress: Progress;
  readonly colour: boolean;
  /** Of rc-lxc itself. */
  readonly version: string;
  /** Of the Node that runs it: `24.21.0`. */
  readonly node: string;
  /** Facts of the machine that the description is resolved with. */
  facts(): Promise<HostFacts>;
}

/** `text` for a person, `json` for a program; both say the same. */
export interface CommandResult {
  readonly exitCode: number;
  readonly text: string;
  readonly json: unknown;
  /** Warnings and notes, for stderr in the text form. */
  readonly notes?: string;
}

/**
 * What completion offers: names of the description, keys that can be explained, what LXC can make a rootfs with, paths, and
 * the actions, packages, forms and pages of `ebuild` and `docs`.
 */
export type Completed =
  | 'container'
  | 'network'
  | 'key'
  | 'template'
  | 'description'
  | 'directory'
  | 'action'
  | 'package'
  | 'docs-action'
  | 'docs-format'
  | 'docs-page'
  | 'nothing';

export interface OptionSpec {
  /** As commander takes it: `-o, --output <dir>`. */
  readonly flags: string;
  /** The command line is wrong without it. */
  readonly required?: boolean;
  readonly summary: string;
  readonly default?: string;
  /** Of its value; to be given where it takes one. */
  readonly completes?: Completed;
}

interface ArgumentSpec {
  /** As commander takes it: `<name>` or `[key]`. */
  readonly name: string;
  readonly summary: string;
  readonly completes: Completed;
}

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

/** One command: what help, manual and completion say of it, and what it does. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  /** Command lines that work, each with what it is for. */
  readonly examples: readonly (readonly [string, string])[];
  run(context: Context, args: readonly string[], options: OptionValues): Promise<CommandResult>;
}
