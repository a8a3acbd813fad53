import { unifiedDiff } from '../base/unified-diff.ts';
import type { Facts } from '../docs/facts.ts';
import { docsTemplates } from '../docs/render.ts';
import type { Page } from '../docs/types.ts';
import { blocksOf, pageText, renderedWith, wikitextOfMarkdown } from './blocks.ts';
import type { Block } from './blocks.ts';
import { changesOf } from './changes.ts';
import type { Change } from './changes.ts';
import { rewrites } from './rewrites.ts';
import { toMarkdown, transferred } from './to-markdown.ts';

/** An edit that is no patch of a template, and why. Both texts are wikitext; either may be empty. */
interface Left {
  readonly before: string;
  readonly after: string;
  readonly why: string;
}

/** What a person's edit comes to. */
export interface Pulled {
  /** Unified diffs of templates, for `patch -p1` in a checkout. */
  readonly patches: readonly string[];
  readonly left: readonly Left[];
}

/** What stands at a block's place by now: Markdown as templates have it, and what that gives. */
interface Place {
  readonly markdown: string;
  readonly wikitext: string;
}

/**
 * Brings an edit of a page back into the templates that it is rendered from. `rendered` is what would be written now,
 * `base` what was written last, `edited` what a person made of that. An edit becomes a patch only if the page that is
 * rendered with it is the one before with that very edit, word for word; all others are left, with the reason.
 */
export function pull(
  page: Page,
  facts: Facts,
  { rendered, base, edited }: { readonly rendered: string; readonly base: string; readonly edited: string },
): Pulled {
  const work = new Work(page, facts, rendered);
  const wikitexts = work.blocks.map(({ wikitext }) => wikitext);
  for (const change of changesOf(wikitexts, base, edited)) work.take(change);
  return work.result(base === rendered ? edited : undefined);
}

/** A change of a block that is rendered now. */
type Certain = Exclude<Change, { kind: 'lost' }>;

const invisible = /[^\P{C}\n\t]/u;

class Work {
  readonly blocks: readonly Block[];
  readonly #page: Page;
  readonly #facts: Facts;
  readonly #places: Place[];
  #templates = docsTemplates;
  readonly #left: Left[] = [];

  constructor(page: Page, facts: Facts, rendered: string) {
    [this.#page, this.#facts] = [page, facts];
    this.blocks = blocksOf(page, facts, rendered);
    this.#places = [...this.blocks];
  }

  take(change: Change): void {
    const why =
      change.kind === 'lost' ? 'it is rendered otherwise since' : (this.#refusalOf(change) ?? this.#taken(change));
    if (why === undefined) return;
    const before =
      'at' in change ? (this.blocks[change.at]?.wikitext ?? '') : change.kind === 'lost' ? change.before : '';
    this.#left.push({ before, after: change.kind === 'gone' ? '' : change.after, why });
  }

  /** `edited`: what all edits together are to give; undefined where something else changed, too. */
  result(edited: string | undefined): Pulled {
    const patches = [...this.#templates].flatMap(([name, text]) => {
      const was = docsTemplates.get(name) ?? '';
      const path = `templates/${name}.md.ejs`;
      return text === was ? [] : [unifiedDiff([`a/${path}`, `b/${path}`], [was, text])];
    });
    const left = [...this.#left];
    const now = renderedWith(this.#page.entry, this.#facts, this.#templates);
    if (left.length === 0 && edited !== undefined && now !== edited)
      left.push({ before: now, after: edited, why: 'its lines end elsewhere, which says nothing else' });
    return { patches, left };
  }

  #refusalOf(change: Certain): string | undefined {
    if (change.kind !== 'gone' && invisible.test(change.after)) return 'it has characters that nobody sees';
    if (change.kind === 'new')
      return this.blocks[change.behind]?.markdown === undefined ? 'nothing of a template stands before it' : undefined;
    return this.blocks[change.at]?.isGenerated === true
      ? 'it is rendered from what rc-lxc knows, not from words of a template'
      : undefined;
  }

  /** @returns why it is not taken. */
  #taken(change: Certain): string | undefined {
    const at = change.kind === 'new' ? change.behind : change.at;
    const place = this.#places[at];
    if (place === undefined) throw new Error('a change of no block');
    if (change.kind === 'gone') return this.#put(at, { markdown: '', wikitext: '' });
    if (change.kind === 'new') {
      const markdown = this.#markdown(undefined, change.after);
      const wikitext = `${place.wikitext}\n\n${change.after}`;
      return markdown === undefined
        ? unsayable
        : this.#put(at, { markdown: `${place.markdown}\n\n${markdown}`, wikitext });
    }
    const markdown = this.#markdown(this.blocks[at], change.after);
    if (markdown !== undefined) return this.#put(at, { markdown, wikitext: change.after });
    return [...this.#templates.values()].some((text) => text.includes(place.markdown)) ? unsayable : filledIn;
  }

  /** Rewrites templates so that the page has this in place of what it has there. */
  #put(at: number, to: Place): string | undefined {
    const from = this.#places[at];
    const places = this.#places.with(at, to);
    const wanted = pageText(places.map(({ wikitext }) => wikitext));
    let why: string = filledIn;
    for (const templates of rewrites(this.#templates, this.#page.entry.template, from?.markdown ?? '', to.markdown)) {
      try {
        if (pageText([renderedWith(this.#page.entry, this.#facts, templates)]) !== wanted) continue;
      } catch (error) {
        why = `with it the page cannot be rendered: ${error instanceof Error ? error.message : String(error)}`;
        continue;
      }
      this.#templates = templates;
      this.#places[at] = to;
      return undefined;
    }
    return why;
  }

  /** Markdown that gives that wikitext. */
  #markdown(block: Block | undefined, wikitext: string): string | undefined {
    const edited = block && transferred(block.wikitext, wikitext, block.markdown);
    const gives = (markdown: string): boolean =>
      pageText([wikitextOfMarkdown(this.#page.entry.name, this.#facts, markdown) ?? '']) === pageText([wikitext]);
    return [edited, toMarkdown(wikitext)].find((each) => each !== undefined && gives(each));
  }
}

const filledIn = 'templates have no such text: it is filled in from what rc-lxc knows';
const unsayable = 'it cannot be said in the Markdown of templates without a loss';
