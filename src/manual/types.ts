/** What a page says of itself. */
export interface Edition {
  readonly version: string;
  /** `2026-11-26`. */
  readonly date: string;
}

/** A file that is made when rc-lxc is built; the path is below dist. */
export interface BuiltFile {
  readonly path: string;
  readonly content: string;
}
