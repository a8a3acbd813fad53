import type { DesiredFile, DesiredTree } from '../tree/types.ts';

/** What stands at a path now. `sha256` is of the content, in hex; for a link, of its target. */
export type Found =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly content: string; readonly mode: number }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'other' };

/** One thing that an earlier apply wrote and therefore may replace or remove. */
export interface Owned {
  readonly kind: 'file' | 'link' | 'lines';
  /** sha256 in hex of what was written (content, or link target); for lines, of the lines joined by newlines. */
  readonly sha256: string;
  readonly mode?: number;
  /** For `lines`: those that we added, so that they can be taken out again. */
  readonly lines?: readonly string[];
  /** Kept beside an edited file as `._cfg0000_NAME`: sha256 of that new version, so that it is offered once. */
  readonly offered?: string;
}

/** What earlier applies left, by path. Not trusted for deletion without looking: content must still match. */
export interface Manifest {
  readonly version: 1;
  readonly files: Readonly<Record<string, Owned>>;
  /** Runlevel links that we made: service → runlevel. */
  readonly runlevels: Readonly<Record<string, string>>;
  /** Containers as of the last apply: name → service. */
  readonly containers: Readonly<Record<string, string>>;
}

export type Change =
  | { readonly action: 'create'; readonly path: string; readonly after: DesiredFile; readonly content: string }
  | {
      readonly action: 'replace';
      readonly path: string;
      readonly before: Found;
      readonly after: DesiredFile;
      readonly content: string;
    }
  /** A link of another package's init script for a service that is now ours. */
  | { readonly action: 'take-over'; readonly path: string; readonly before: Found; readonly after: DesiredFile; readonly content: string }
  /** Edited by a person since we wrote it, or never ours: kept, the new version goes beside it. */
  | {
      readonly action: 'beside';
      readonly path: string;
      readonly beside: string;
      readonly before: Found;
      readonly after: DesiredFile;
      readonly content: string;
    }
  | { readonly action: 'remove'; readonly path: string; readonly before: Found }
  /** No longer wanted, but edited by a person: left, and no longer ours. */
  | { readonly action: 'abandon'; readonly path: string };

/** An edited file whose new version was already offered: no change, but told. */
export interface Drift {
  readonly path: string;
  readonly reason: 'edited' | 'missing' | 'foreign';
}

/** A versioned value: made by comparing, printed as text or JSON, carried out by apply. */
export interface Plan {
  readonly version: 1;
  readonly changes: readonly Change[];
  readonly drift: readonly Drift[];
  readonly runlevelAdds: readonly { readonly service: string; readonly runlevel: string }[];
  readonly runlevelRemoves: readonly { readonly service: string; readonly runlevel: string }[];
  /** Services whose files change and that exist already, sorted. */
  readonly restarts: readonly string[];
  /** Containers that the description no longer has. */
  readonly removedContainers: readonly { readonly name: string; readonly service: string }[];
  readonly tree: DesiredTree;
  readonly manifest: Manifest;
}
