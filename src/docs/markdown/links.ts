import { anchorsOf } from '../anchors.ts';
import type { Page } from '../types.ts';

/** What a link to a page of ours, or to a section of it, leads to. */
export type LinkTo = (page: string, section?: string) => string;

/** `networking.md#readiness`. */
export function pageLinks(pages: readonly Page[]): LinkTo {
  const anchors = new Map(pages.map((page) => [page.entry.name, anchorsOf(page)]));
  const files = new Map(pages.map(({ entry }) => [entry.name, `${entry.file}.md`]));
  return (page, section) => {
    const file = files.get(page);
    const anchor = section === undefined ? '' : anchors.get(page)?.get(section);
    if (file === undefined || anchor === undefined) throw new Error(`no page ${page} with a section ${section}`);
    return anchor === '' ? file : `${file}#${anchor}`;
  };
}
