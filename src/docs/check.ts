import type { RenderedFile } from './types.ts';

/** A file of rendered pages that is not as it would be rendered now. */
export interface Difference {
  readonly path: string;
  /** `needless`: it lies where rendered files do, and is none. */
  readonly state: 'missing' | 'outdated' | 'needless';
}

/** Folders of docs/ that hold nothing but rendered files, by how those end: whatever else lies there is of an older rendering. */
export const renderedPlaces: readonly { readonly folder: string; readonly ending: string }[] = [
  { folder: '', ending: '.md' },
  { folder: 'drawings', ending: '.svg' },
];

/** What differs, missing and outdated files in the order of the rendering, then those that are needless. `lies`: paths that are there. */
export function compareDocs(
  files: readonly RenderedFile[],
  read: (path: string) => string | undefined,
  lies: readonly string[],
): readonly Difference[] {
  const wanted = new Set(files.map(({ path }) => path));
  return [
    ...files.flatMap(({ path, content }): Difference[] => {
      const now = read(path);
      if (now === content) return [];
      return [{ path, state: now === undefined ? 'missing' : 'outdated' }];
    }),
    ...lies.filter((path) => !wanted.has(path)).map((path): Difference => ({ path, state: 'needless' })),
  ];
}
