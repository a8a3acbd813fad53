import type { DesiredFile, DesiredTree } from '../tree/types.ts';

/** How text stands for bytes. `latin1`: one character a byte, for files that are not UTF-8. */
export type Encoding = 'utf8' | 'latin1';

/** What stands at a path now. */
export type Found =
  | { readonly kind: 'absent' }
  /** `encoding` is UTF-8 when it is not given. */
  | { readonly kind: 'file'; readonly content: string; readonly mode: number; readonly encoding?: Encoding }
  | { readonly kind: 'link'; readonly target: string }
  /** A directory, pipe, socket or device. */
  | { readonly kind: 'other' };

/** One thing that an earlier apply wrote, and that may therefore be replaced or removed as long as it is unchanged. */
export interface Owned {
  readonly kind: 'file' | 'link' | 'lines';
  /** Fingerprint of what was written: content, link target, or the lines joined by newlines. */
  readonly sha256: string;
  readonly mode?: number;
  /** For `lines`: those that we added, so that they can be taken out again. */
  readonly lines?: readonly string[];
  /** For `lines`: there was no such file before us, so that it goes when nothing but our lines was in it. */
  readonly made?: boolean;
  /** Fingerprint of the version that was last put beside a file that a person had edited: it is offered once. */
  readonly offered?: string;
}

/** What earlier applies left, by path. */
export interface Manifest {
  readonly version: 1;
  readonly files: Readonly<Record<string, Owned>>;
  /** Directories that we made, to be removed again when they are empty. */
  readonly directories: readonly string[];
  /** Runlevel links that we made: service → runlevel. */
  readonly runlevels: Readonly<Record<string, string>>;
  /** Containers as of the last apply, by name. */
  readonly containers: Readonly<Record<string, { readonly service: string; readonly lxcPath: string }>>;
  /**
   * Services that ran on with what they had read before it was changed: service → the stamp of OpenRC's record of its
   * start. Another stamp, and it has been restarted since.
   */
  readonly pending: Readonly<Record<string, string>>;
}

/** Makes `path` hold what is wanted. `create`: nothing was there. */
interface Writing {
  readonly path: string;
  readonly before: Found;
  readonly after: WrittenFile | WrittenLink;
  readonly desired: DesiredFile;
}

export interface WrittenFile {
  readonly kind: 'file';
  readonly content: string;
  readonly mode: number;
  /** UTF-8 when it is not given. */
  readonly encoding?: Encoding;
}

export interface WrittenLink {
  readonly kind: 'link';
  readonly target: string;
}

export type Change =
  | (Writing & { readonly action: 'create' | 'replace' })
  /** The link of another package's init script, for a service that is ours from now on. */
  | (Writing & { readonly action: 'take-over' })
  /** A person has edited it, or it was never ours: it is kept, and the new version goes to `beside`. */
  | (Writing & { readonly action: 'beside'; readonly beside: string })
  | { readonly action: 'remove'; readonly path: string; readonly before: Found }
  /** Lines of ours leave a file that is not ours and that nothing else of ours concerns. */
  | { readonly action: 'release'; readonly path: string; readonly before: Found; readonly after: WrittenFile };

/** Where the host differs from what was written and apply leaves it so. */
export interface Drift {
  readonly path: string;
  /** `edited` since we wrote it; `foreign`: never ours, and in the way; `left`: edited, and no longer wanted. */
  readonly reason: 'edited' | 'mode' | 'foreign' | 'left';
}

export interface RunlevelLink {
  readonly service: string;
  readonly runlevel: string;
}

export interface RemovedContainer {
  readonly name: string;
  readonly service: string;
  readonly lxcPath: string;
}

/** A versioned value: made by comparing, printed as text or JSON, carried out by apply. */
export interface Plan {
  readonly version: 1;
  readonly changes: readonly Change[];
  readonly drift: readonly Drift[];
  readonly runlevelAdds: readonly RunlevelLink[];
  readonly runlevelRemoves: readonly RunlevelLink[];
  /**
   * Services that must be restarted for a change of theirs to take effect, of this plan or of an earlier one; new ones are
   * not among them. Sorted.
   */
  readonly restarts: readonly string[];
  /** Containers that the description no longer has. */
  readonly removedContainers: readonly RemovedContainer[];
  /** Containers that move to another lxcpath: as they run now, they are no more than removed ones. */
  readonly movedContainers: readonly RemovedContainer[];
  /** Those of `restarts` that run, as they go into the manifest. */
  readonly pending: Manifest['pending'];
  readonly tree: DesiredTree;
  /** What earlier applies left, as it was when the plan was made. */
  readonly manifest: Manifest;
}

export const emptyManifest: Manifest = {
  version: 1,
  files: {},
  directories: [],
  runlevels: {},
  containers: {},
  pending: {},
};

/** Nothing to do. */
export const emptyPlan: Plan = {
  version: 1,
  changes: [],
  drift: [],
  runlevelAdds: [],
  runlevelRemoves: [],
  restarts: [],
  removedContainers: [],
  movedContainers: [],
  pending: {},
  tree: { files: [], containers: [], runlevels: new Map() },
  manifest: emptyManifest,
};
