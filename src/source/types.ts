import type { Place, Problem } from '../base/errors.ts';

/** One source file as it was read: its path as the user knows it, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** `KEY = VALUE` as it stands; the value is unquoted, still a string. */
export interface Entry {
  readonly key: string;
  readonly value: string;
  /** Where the value stands. */
  readonly where: Place;
  /** Where the key stands. */
  readonly keyWhere: Place;
}

/** `[KIND NAME]` with its entries in the order they stand. `name` is '' where the kind takes none (`[host]`). */
export interface Section {
  readonly kind: string;
  readonly name: string;
  readonly where: Place;
  readonly entries: ReadonlyMap<string, Entry>;
}

/**
 * The description as text that is well formed: known sections and keys, none twice.
 * `problems` holds what is wrong; sections that could be read are there all the same, so that later
 * checks can find more mistakes in the same run.
 */
export interface ParsedConfig {
  readonly files: readonly string[];
  readonly sections: readonly Section[];
  readonly problems: readonly Problem[];
}
