/** One saved state of a page. `user` and `comment` are empty where the wiki hides them; `timestamp` as `2026-11-26T12:00:00Z`. */
export interface Revision {
  readonly id: number;
  readonly timestamp: string;
  readonly user: string;
  readonly comment: string;
  /** As it is saved: no line end at its end. */
  readonly content: string;
}

/** The newest upload of a file. */
export interface Upload {
  /** Of its bytes, in hexadecimal digits. */
  readonly sha1: string;
  readonly user: string;
  readonly timestamp: string;
}

export interface Edit {
  readonly title: string;
  /** The whole page. */
  readonly text: string;
  readonly summary: string;
  /** The revision that it is an edit of; the page is new without. */
  readonly base?: number;
}

/** `conflict`: somebody saved the page meanwhile. `merged`: the wiki put both edits together. */
export type Saved = 'saved' | 'unchanged' | 'merged' | 'conflict';

/** A MediaWiki, as far as pages of ours need it. Everything throws UserError for a wiki that is not reached or refuses. */
export interface Wiki {
  /** The newest revision; undefined when there is no such page. */
  page(title: string): Promise<Revision | undefined>;
  /** Newest first, `most` of them. */
  history(title: string, most: number): Promise<readonly Revision[]>;
  upload(name: string): Promise<Upload | undefined>;
  /** Logs in with the credentials at hand, once; whose edits will be the account's. */
  login(): Promise<string>;
  edit(edit: Edit): Promise<Saved>;
  send(name: string, content: string, comment: string): Promise<void>;
}
