import { applyPatch, createTwoFilesPatch, diffArrays, structuredPatch } from 'diff';
import type { RootContent } from 'mdast';

import { parsePage } from '../docs/dialect.ts';
import { expandPage } from '../docs/expand.ts';
import type { Facts } from '../docs/facts.ts';
import { blocksText } from '../docs/mediawiki/blocks.ts';
import { renderTemplate } from '../docs/render.ts';
import { templates } from '../docs/templates.generated.ts';
import type { PageEntry } from '../docs/types.ts';
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

/** A block of a page: as its template gives it, and as the wiki has it. */
interface Block {
  readonly markdown: string;
  readonly wikitext: string;
  /** A box, a table or a picture: rendered from what is elsewhere. */
  readonly isGenerated: boolean;
}

/**
 * Brings an edit of a page back into the templates it is rendered from. `rendered` is what would be written now, `base`
 * what was written last, `edited` what a person made of that. An edit becomes a patch only if the template that it
 * leads to gives that very wikitext; all others are left, with the reason.
 */
export function pull(
  entry: PageEntry,
  facts: Facts,
  texts: { readonly rendered: string; readonly base: string; readonly edited: string },
): Pulled {
  const target = rebased(texts);
  if (target === undefined) {
    const why = 'what was edited is rendered otherwise since';
    return { patches: [], left: [{ before: texts.base, after: texts.edited, why }] };
  }
  const work = new Work(entry, facts);
  for (const change of changesOf(work.blocks, texts.rendered, target)) work.take(change);
  return work.result();
}

/** The edit of what was written last, done to what is rendered now. */
function rebased({ rendered, base, edited }: { rendered: string; base: string; edited: string }): string | undefined {
  if (base === rendered) return edited;
  // What is taken away must be there; of the lines around it some may be others.
  const merged = applyPatch(rendered, structuredPatch('', '', base, edited, '', '', { context: 3 }), { fuzzFactor: 2 });
  return merged === false ? undefined : merged;
}

/** A block and what it has become: one of them is undefined where it is new, or gone. `after`: the block before a new one. */
interface Change {
  readonly block?: Block;
  readonly wikitext?: string;
  readonly after?: Block | undefined;
}

/** Blocks are compared as wholes, then what is between two that stayed: one for one, the rest new or gone. */
function changesOf(blocks: readonly Block[], rendered: string, target: string): readonly Change[] {
  const old = blocks.map(({ wikitext }) => wikitext);
  const changes: Change[] = [];
  let at = 0;
  const pending: { gone: Block[]; come: string[] } = { gone: [], come: [] };
  const settle = (): void => {
    const { gone, come } = pending;
    const last = blocks[at - gone.length - 1];
    for (let place = 0; place < Math.max(gone.length, come.length); place += 1) {
      const [block, wikitext] = [gone[place], come[place]];
      if (block !== undefined && wikitext !== undefined) changes.push({ block, wikitext });
      else if (block !== undefined) changes.push({ block });
      else if (wikitext !== undefined) changes.push({ wikitext, after: gone.at(-1) ?? last });
    }
    pending.gone = [];
    pending.come = [];
  };
  for (const { added, removed, value } of diffArrays(old, [...split(target, rendered, old)])) {
    if (added) pending.come.push(...value);
    else {
      if (!removed) settle();
      else pending.gone.push(...blocks.slice(at, at + value.length));
      at += value.length;
    }
  }
  settle();
  return changes;
}

/** The blocks of an edited text: those that are as they were are found as wholes, since boxes have empty lines in them. */
function split(target: string, rendered: string, old: readonly string[]): readonly string[] {
  // Before the first block a page may have a line of its title.
  const head = rendered.slice(0, Math.max(0, rendered.indexOf(old[0] ?? '')));
  let rest = target.startsWith(head) ? target.slice(head.length) : target;
  const found: string[] = [];
  for (const block of old) {
    const at = `\n\n${rest}\n\n`.indexOf(`\n\n${block.trimEnd()}\n`);
    if (at === -1) continue;
    found.push(...paragraphs(rest.slice(0, Math.max(0, at))), block);
    rest = rest.slice(at + block.trimEnd().length);
  }
  return [...found, ...paragraphs(rest)];
}

function paragraphs(text: string): readonly string[] {
  return text
    .split(/\n{2,}/u)
    .map((each) => each.replaceAll(/^\n+|\n+$/gu, ''))
    .filter((each) => each !== '');
}

class Work {
  readonly blocks: readonly Block[];
  readonly #entry: PageEntry;
  readonly #facts: Facts;
  readonly #texts = new Map<string, string>(Object.entries(templates).filter(([name]) => name.startsWith('docs/')));
  readonly #left: Left[] = [];

  constructor(entry: PageEntry, facts: Facts) {
    this.#entry = entry;
    this.#facts = facts;
    const markdown = renderTemplate(entry.template, facts);
    const [, ...nodes] = parsePage(entry.name, markdown).children;
    this.blocks = nodes.map((node) => ({
      markdown: markdown.slice(node.position?.start.offset, node.position?.end.offset),
      wikitext: this.#wikitext([node]),
      isGenerated: !['paragraph', 'heading', 'list', 'containerDirective'].includes(node.type),
    }));
  }

  take({ block, wikitext, after }: Change): void {
    const why = this.#taken({ ...(block && { block }), ...(wikitext !== undefined && { wikitext }), after });
    if (why !== undefined) this.#left.push({ before: block?.wikitext ?? '', after: wikitext ?? '', why });
  }

  result(): Pulled {
    const patches = [...this.#texts].flatMap(([name, text]) => {
      const was = templates[name as keyof typeof templates];
      const path = `templates/${name}.md.ejs`;
      return text === was ? [] : [createTwoFilesPatch(`a/${path}`, `b/${path}`, was, text).replace(/^=+\n/u, '')];
    });
    return { patches, left: this.#left };
  }

  /** @returns why it is not taken. */
  #taken({ block, wikitext, after }: Change): string | undefined {
    if (block?.isGenerated === true) return 'it is rendered from what rc-lxc knows, not from a template';
    const anchor = block ?? after;
    if (anchor === undefined) return 'nothing of a template stands before it';
    const places = [...this.#texts].filter(([, text]) => text.includes(anchor.markdown));
    const [name, text] = places[0] ?? [];
    if (name === undefined || text === undefined) return 'the template has no such text: parts of it are filled in';
    if (places.length > 1 || text.split(anchor.markdown).length > 2) return 'templates have this text more than once';
    const markdown = wikitext === undefined ? '' : this.#markdown(block, wikitext);
    if (markdown === undefined) return 'what was written cannot be said in the templates’ Markdown without a loss';
    if (markdown.includes('<%')) return 'a template would take <% for its own';
    const put = block === undefined ? `${anchor.markdown}\n\n${markdown}` : markdown;
    const old =
      wikitext === undefined && text.includes(`${anchor.markdown}\n\n`) ? `${anchor.markdown}\n\n` : anchor.markdown;
    // A function: a dollar is no pattern's.
    this.#texts.set(
      name,
      text.replace(old, () => put),
    );
    return undefined;
  }

  /** Markdown that gives that wikitext. */
  #markdown(block: Block | undefined, wikitext: string): string | undefined {
    const edited = block && transferred(block.wikitext, wikitext, block.markdown);
    return [edited, toMarkdown(wikitext)].find((each) => each !== undefined && this.#gives(each, wikitext));
  }

  #gives(markdown: string, wikitext: string): boolean {
    try {
      const [, ...nodes] = parsePage(this.#entry.name, `# Title\n\n${markdown}`).children;
      return onOneLine(this.#wikitext(nodes)) === onOneLine(wikitext);
    } catch {
      return false;
    }
  }

  #wikitext(nodes: RootContent[]): string {
    return blocksText(expandPage(this.#entry.name, { type: 'root', children: nodes }, this.#facts).children);
  }
}

/** A paragraph is the same wherever its lines end. */
function onOneLine(wikitext: string): string {
  return wikitext.replaceAll(/[^\S\n]*\n(?![*#=:;{|\n])/gu, ' ');
}
