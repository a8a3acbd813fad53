import { diffArrays } from 'diff';

/** What became of the blocks of a page. `at` and `after` are places in the list of what is rendered now. */
export type Change =
  | { readonly kind: 'changed'; readonly at: number; readonly after: string }
  | { readonly kind: 'gone'; readonly at: number }
  /** `behind`: the block that it stands after; -1 before the first. */
  | { readonly kind: 'new'; readonly behind: number; readonly after: string }
  /** One that is rendered otherwise since it was edited. */
  | { readonly kind: 'lost'; readonly before: string; readonly after: string };

/** A block as it was written last, and which of those that are rendered now it is; undefined where it is none. */
interface Written {
  readonly wikitext: string;
  readonly at: number | undefined;
}

/**
 * What a person made of `base`, told of the blocks that are rendered now. Blocks are compared as wholes, then what is
 * between two that stayed: one for one, the rest new or gone.
 */
export function changesOf(rendered: readonly string[], base: string, edited: string): readonly Change[] {
  const written = writtenBlocks(rendered, split(base, rendered));
  const old = written.map(({ wikitext }) => wikitext);
  const changes: Change[] = [];
  let at = 0;
  let [gone, come]: [Written[], string[]] = [[], []];
  const settle = (): void => {
    const first = at - gone.length;
    for (let place = 0; place < Math.max(gone.length, come.length); place += 1)
      changes.push(changeOf(gone[place], come[place], written[Math.min(first + place, at) - 1]));
    [gone, come] = [[], []];
  };
  for (const { added, removed, value } of diffArrays(old, [...split(edited, old)])) {
    if (added) {
      come.push(...value);
      continue;
    }
    if (removed) gone.push(...written.slice(at, at + value.length));
    else settle();
    at += value.length;
  }
  settle();
  return changes;
}

function changeOf(gone: Written | undefined, come: string | undefined, before: Written | undefined): Change {
  if (gone !== undefined && gone.at !== undefined)
    return come === undefined ? { kind: 'gone', at: gone.at } : { kind: 'changed', at: gone.at, after: come };
  if (gone === undefined && (before === undefined || before.at !== undefined))
    return { kind: 'new', behind: before?.at ?? -1, after: come ?? '' };
  return { kind: 'lost', before: gone?.wikitext ?? '', after: come ?? '' };
}

function writtenBlocks(rendered: readonly string[], base: readonly string[]): readonly Written[] {
  const written: Written[] = [];
  let at = 0;
  for (const { added, removed, value } of diffArrays([...rendered], [...base])) {
    if (!removed) for (const wikitext of value) written.push({ wikitext, at: added ? undefined : at++ });
    else at += value.length;
  }
  return written;
}

/** The blocks of a text: those that are as they were are found as wholes, since boxes have empty lines in them. */
function split(text: string, old: readonly string[]): readonly string[] {
  const found: string[] = [];
  let rest = `\n\n${text.trim()}\n\n`;
  for (const block of old) {
    const at = rest.indexOf(`\n\n${block}\n\n`);
    if (at === -1) continue;
    found.push(...paragraphs(rest.slice(0, at)), block);
    rest = rest.slice(at + 2 + block.length);
  }
  return [...found, ...paragraphs(rest)];
}

function paragraphs(text: string): readonly string[] {
  return text
    .split(/\n{2,}/u)
    .map((each) => each.replaceAll(/^\n+|\n+$/gu, ''))
    .filter((each) => each !== '');
}
