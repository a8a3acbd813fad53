import type { DesiredContainer, DesiredFile, DesiredTree } from './types.ts';

export interface TreeParts {
  readonly files: readonly DesiredFile[];
  readonly containers: readonly DesiredContainer[];
  readonly runlevels: ReadonlyMap<string, string>;
}

/** A path that means one place: absolute, no empty, `.` or `..` part, nothing that ends a line. */
const plainPath = /^(?:\/(?!\.{1,2}(?:\/|$))[^/\p{Cc}]+)+$/u;

/**
 * What the outputs gave as one tree, sorted by path in byte order. Two outputs that claim one path, or a path that
 * could leave its directory, is our mistake and throws.
 */
export function makeTree({ files, containers, runlevels }: TreeParts): DesiredTree {
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : Number(one.path > other.path)));
  let previous: DesiredFile | undefined;
  for (const file of sorted) {
    if (!plainPath.test(file.path)) throw new Error(`not a path that can be written: ${JSON.stringify(file.path)}`);
    if (file.path === previous?.path) throw new Error(`two outputs claim ${file.path}`);
    previous = file;
  }
  return { files: sorted, containers, runlevels };
}
