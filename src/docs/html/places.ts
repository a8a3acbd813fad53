import { anchorsOf } from '../anchors.ts';
import type { Page } from '../types.ts';

/** The id of a page, or of a section of it: `networking`, `networking/type-bridge`. */
export type PlaceOf = (page: string, section?: string) => string;

/** No name of a file has a slash in it, so that ids of different pages differ. */
export function placesOf(pages: readonly Page[]): PlaceOf {
  const places = new Map<string, string>();
  for (const page of pages) {
    const { name, file } = page.entry;
    places.set(key(name), file);
    for (const [section, anchor] of anchorsOf(page)) places.set(key(name, section), `${file}/${anchor}`);
  }
  return (page, section) => {
    const place = places.get(key(page, section));
    if (place === undefined) throw new Error(`no page ${page} with a section ${section}`);
    return place;
  };
}

const key = (page: string, section = ''): string => JSON.stringify([page, section]);
