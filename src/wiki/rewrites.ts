import type { Templates } from '../docs/render.ts';

/** In how many places one text is tried. */
const mostPlaces = 8;
/** How many words around a change are looked for with it, where its lines are not in a template. */
const contexts = [8, 4, 2, 1];

/**
 * Templates in which one text stands in place of another, one place at a time, likely ones first: the page's own template
 * before parts and other pages, whole blocks before lines, lines before words. None of them has more or less code than before: a
 * person's words never become some.
 */
export function* rewrites(templates: Templates, own: string, from: string, to: string): Generator<Templates> {
  const names = [own, ...[...templates.keys()].filter((name) => name.startsWith('docs/parts/'))];
  for (const [old, put] of narrowed(from, to)) {
    let tried = 0;
    for (const name of names) {
      const text = templates.get(name) ?? '';
      for (let at = text.indexOf(old); at !== -1 && tried < mostPlaces; at = text.indexOf(old, at + 1)) {
        const rewritten = replacedAt(text, at, old, put);
        if (rewritten === undefined) continue;
        tried += 1;
        yield new Map([...templates, [name, rewritten]]);
      }
    }
  }
}

function replacedAt(text: string, at: number, old: string, put: string): string | undefined {
  let end = at + old.length;
  // What is taken away leaves no second empty line behind.
  if (put === '') while (text[end] === '\n') end += 1;
  const rewritten = `${text.slice(0, at)}${put}${text.slice(end)}`;
  const hasSameCode = tagsOf(rewritten) === tagsOf(text);
  return hasSameCode ? rewritten : undefined;
}

/** Every piece of code of a template, in order. */
function tagsOf(text: string): string {
  return (text.match(/<%[^]*?%>|<%|%>/gu) ?? []).join('\n');
}

/** The same rewriting told of less and less text. */
function narrowed(from: string, to: string): readonly (readonly [string, string])[] {
  const lines = pair(from.split('\n'), to.split('\n'), 0, '\n');
  const words = contexts.map((context) =>
    pair(from.split(/(?<=\s)|(?=\s)/u), to.split(/(?<=\s)|(?=\s)/u), context * 2, ''),
  );
  const all: (readonly [string, string])[] = [[from, to], lines, ...words];
  return all.filter(
    ([old, put], place) => old.trim() !== '' && all.findIndex((each) => each[0] === old && each[1] === put) === place,
  );
}

/** What is not the same in both, with `context` pieces around it. */
function pair(
  from: readonly string[],
  to: readonly string[],
  context: number,
  glue: string,
): readonly [string, string] {
  const most = Math.min(from.length, to.length);
  let [start, end] = [0, 0];
  while (start < most && from[start] === to[start]) start += 1;
  while (end < most - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
  [start, end] = [Math.max(0, start - context), Math.max(0, end - context)];
  return [from.slice(start, from.length - end).join(glue), to.slice(start, to.length - end).join(glue)];
}
