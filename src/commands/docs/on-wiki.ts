import { UserError, problem } from '../../base/errors.ts';
import { nearest } from '../../base/nearest.ts';
import { drawingsOf } from '../../docs/drawings.ts';
import { makePages } from '../../docs/index.ts';
import { wikitextOf } from '../../docs/mediawiki/index.ts';
import { fileName } from '../../docs/mediawiki/names.ts';
import { pages as entries } from '../../docs/pages.ts';
import type { Facts } from '../../docs/facts.ts';
import type { Page } from '../../docs/types.ts';
import { editsOf, fileSum, stateOf } from '../../wiki/block.ts';
import type { Edits, PageState } from '../../wiki/block.ts';
import type { Revision, Upload, Wiki } from '../../wiki/types.ts';
import type { Context, OptionValues } from '../types.ts';
import { factsOf } from './program.ts';

/** A page of ours, and how it is on the wiki. */
export interface OnWiki {
  readonly name: string;
  readonly page: Page;
  /** What is to stand between its marks. */
  readonly rendered: string;
  readonly revision?: Revision;
  readonly found: PageState;
}

/** A drawing that pages show, and what the wiki has under its name. */
export interface FileOnWiki {
  readonly name: string;
  readonly svg: string;
  readonly state: 'missing' | 'current' | 'outdated';
  readonly upload?: Upload;
}

interface Compared {
  readonly wiki: Wiki;
  readonly facts: Facts;
  readonly pages: readonly OnWiki[];
}

/** How far back an edit is looked for. */
const historyLength = 50;

/**
 * The pages that `--page` names, else all of them, as the wiki has them now.
 * @throws UserError without `--wiki`, for a page that there is not, and when the wiki cannot be read.
 */
export async function compareWithWiki(context: Context, action: string, options: OptionValues): Promise<Compared> {
  const named = options['wiki'];
  if (typeof named !== 'string' || named === '')
    throw new UserError(
      problem('no-wiki', `docs ${action} needs to know which wiki`, {
        hint: `rc-lxc docs ${action} --wiki https://wiki.example.org`,
      }),
    );
  const credentials = options['credentials'];
  const wiki = context.wiki(named, typeof credentials === 'string' ? credentials : undefined);
  const wanted = chosen(options['page']);
  context.progress.step('rendering the pages', 'computing');
  const facts = await factsOf(context);
  const made = makePages(facts).filter(({ entry }) => wanted.includes(entry.name));
  const pages: OnWiki[] = [];
  for (const page of made) {
    const { name } = page.entry;
    context.progress.step(`reading ${name}`);
    const [rendered, revision] = [wikitextOf(page), await wiki.page(name)];
    const found = stateOf(name, revision?.content, rendered);
    pages.push({ name, page, rendered, ...(revision === undefined ? {} : { revision }), found });
  }
  return { wiki, facts, pages };
}

function chosen(named: OptionValues[string]): readonly string[] {
  const names = entries.map(({ name }) => name);
  if (typeof named !== 'string') return names;
  if (names.includes(named)) return [named];
  const close = nearest(named, names);
  const hint = close === undefined ? `they are ${names.join(', ')}` : `did you mean ${close}?`;
  throw new UserError(problem('unknown-page', `there is no page ${named}`, { hint }));
}

/** The drawings of pages, each once. */
export async function filesOnWiki(wiki: Wiki, pages: readonly OnWiki[]): Promise<readonly FileOnWiki[]> {
  const files: FileOnWiki[] = [];
  for (const { name: drawing, svg } of drawingsOf(pages.map(({ page }) => page))) {
    const name = fileName(drawing);
    const upload = await wiki.upload(name);
    const state = upload === undefined ? 'missing' : upload.sha1 === fileSum(svg) ? 'current' : 'outdated';
    files.push({ name, svg, state, ...(upload === undefined ? {} : { upload }) });
  }
  return files;
}

/** Who changed what is between the marks, since it was written last. */
export async function editsSince(wiki: Wiki, { name }: OnWiki): Promise<Edits> {
  return editsOf(name, await wiki.history(name, historyLength));
}

/** `Editor, 2026-11-26T12:00:00Z, "typo", revision 12`, one after the other. */
export function editors({ edits }: Edits): string {
  if (edits.length === 0) return 'somebody, longer ago than the wiki was asked for';
  return edits
    .map(({ user, timestamp, comment, id }) =>
      [
        user === '' ? 'a hidden user' : user,
        timestamp,
        ...(comment === '' ? [] : [`"${shown(comment)}"`]),
        `revision ${id}`,
      ].join(', '),
    )
    .join('; ');
}

/** What others wrote, without what would move a terminal's cursor. */
export function shown(text: string): string {
  return text.replaceAll(/[^\P{C}\n\t]/gu, '\uFFFD');
}
