import GithubSlugger from 'github-slugger';

import type { Page } from './types.ts';

/** The anchor of every section of a page by its heading, as GitHub and most others give them: `readiness`. */
export function anchorsOf({ title, sections }: Pick<Page, 'title' | 'sections'>): ReadonlyMap<string, string> {
  const slugger = new GithubSlugger();
  slugger.slug(title);
  return new Map(sections.map((section) => [section, slugger.slug(section)]));
}
