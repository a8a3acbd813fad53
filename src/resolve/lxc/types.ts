import type { LxcLine } from '../../networks/types.ts';

/** Lines of an LXC config that belong together, under a comment. */
export interface LxcGroup {
  readonly title: string;
  readonly lines: readonly LxcLine[];
  /** The values are the user's own LXC language: they are written as they are. */
  readonly asWritten?: boolean;
  /** One value for many containers. */
  readonly isShared?: boolean;
}
