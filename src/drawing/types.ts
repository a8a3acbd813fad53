/** Columns of the drawing from left to right: everything that is drawn is in one of them. */
export const columns = ['outside', 'edge', 'network', 'container', 'flow'] as const;

type Column = (typeof columns)[number];

/** A line of a box. `whole`: what it says where it was shortened. */
export interface Line {
  readonly text: string;
  readonly style: 'title' | 'text' | 'muted';
}

/** A box: who sends and gets packets, or what carries them. */
export interface Box {
  readonly id: string;
  readonly kind: 'outside' | 'card' | 'host' | 'network' | 'container' | 'flow';
  readonly column: Column;
  readonly lines: readonly Line[];
  /** Everything that it stands for, for who points at it. */
  readonly title: string;
  /** The network whose frame it is in. */
  readonly frame?: string;
  /** How many there are of what it stands for: more than one is drawn as a pile. */
  readonly count: number;
}

/**
 * What a line between two boxes means: a `cable` or the inside of a driver; `routed` by the host, with `nat` under its
 * address; what containers `allow` each other; what is `blocked`. `order` is not drawn: it keeps boxes in their column.
 */
export type LinkStyle = 'cable' | 'routed' | 'nat' | 'allowed' | 'blocked' | 'order';

/** A line from the left to the right. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly style: LinkStyle;
  /** Whether new connections are opened from `from` to `to`, and the other way round. */
  readonly forth: boolean;
  readonly back: boolean;
  readonly title: string;
  /** How many columns further it ends; absent: one. */
  readonly span?: number;
}

/** All that is drawn, without a place for anything. */
export interface Scene {
  readonly title: string;
  readonly description: string;
  /** Of the frame around all that is in the host. */
  readonly host: string;
  readonly hostWords: string;
  readonly boxes: readonly Box[];
  readonly links: readonly Link[];
  /** What is left out, a sentence each. */
  readonly notes: readonly string[];
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
