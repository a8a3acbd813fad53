import { diffArrays } from 'diff';

/** What wikitext of ours looks like in the dialect of the templates, for what can be told from a line alone. */
const inline: readonly (readonly [RegExp, string])[] = [
  [/'''(.+?)'''/gu, '**$1**'],
  [/''(.+?)''/gu, '*$1*'],
  [/\{\{c\|([^{}|`]+)\}\}/gu, '`$1`'],
  [/\{\{Path\|([^{}|[\]]+)\}\}/gu, ':path[$1]'],
  [/\{\{Package\|([^{}|[\]]+)\}\}/gu, ':package[$1]'],
  [/\{\{USEflag\|([^{}|[\]]+)\}\}/gu, ':useflag[$1]'],
  [/\[\[([^#|[\]]+)#([^|[\]]+)\|([^[\]]+)\]\]/gu, ':page[$3]{name="$1" section="$2"}'],
  [/\[\[([^#|[\]]+)\|([^[\]]+)\]\]/gu, ':page[$2]{name="$1"}'],
  [/\[(https?:\/\/[^\s[\]]+) ([^[\]]+)\]/gu, '[$2]($1)'],
];

const starts: readonly (readonly [RegExp, string])[] = [
  [/^== (.+) ==$/u, '## $1'],
  [/^=== (.+) ===$/u, '### $1'],
  [/^==== (.+) ====$/u, '#### $1'],
  [/^\*\* /u, '  - '],
  [/^\* /u, '- '],
  [/^# /u, '1. '],
];

function replaced(text: string, [pattern, by]: readonly [RegExp, string]): string {
  return text.replace(pattern, by);
}

/** Wikitext as Markdown of the dialect, at best: who takes it must see whether it says the same. */
export function toMarkdown(wikitext: string): string {
  const line = (text: string): string => starts.reduce(replaced, text);
  return inline.reduce(replaced, wikitext.split('\n').map(line).join('\n'));
}

const isSpace = (token: string): boolean => token.trim() === '';
const comparator = (one: string, other: string): boolean => one === other || (isSpace(one) && isSpace(other));

function tokens(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
}

/**
 * The same edit in another notation: what makes `after` of `before`, done to `other`, which says the same as `before`.
 * Spaces and ends of lines are taken for the same. undefined where an edit touches what the notations have not in common.
 */
export function transferred(before: string, after: string, other: string): string | undefined {
  const [old, now, target] = [tokens(before), tokens(after), tokens(other)];
  const places = placesIn(old, target);
  const edits: { from: number; to: number; text: string }[] = [];
  let at = 0;
  let open: { start: number; removed: number; added: string } | undefined;
  const close = (): boolean => {
    if (open === undefined) return true;
    const place = placeOf(open.start, open.removed, places);
    if (place === undefined) return false;
    edits.push({ ...place, text: toMarkdown(open.added) });
    open = undefined;
    return true;
  };
  for (const { added, removed, value } of diffArrays(old, now, { comparator })) {
    if (!added && !removed) {
      if (!close()) return undefined;
      at += value.length;
      continue;
    }
    open ??= { start: at, removed: 0, added: '' };
    if (added) open.added += value.join('');
    else {
      open.removed += value.length;
      at += value.length;
    }
  }
  if (!close()) return undefined;
  for (const { from, to, text } of edits.toReversed()) target.splice(from, to - from, text);
  return target.join('');
}

/** For each token of one text, where it is in the other; undefined for those that the other has not. */
function placesIn(old: readonly string[], target: readonly string[]): readonly (number | undefined)[] {
  const places: (number | undefined)[] = [];
  let at = 0;
  for (const { added, removed, value } of diffArrays([...old], [...target], { comparator })) {
    if (removed) places.push(...value.map(() => undefined));
    else if (added) at += value.length;
    else for (const _ of value) places.push(at++);
  }
  return places;
}

function placeOf(
  start: number,
  removed: number,
  places: readonly (number | undefined)[],
): { readonly from: number; readonly to: number } | undefined {
  if (removed === 0) {
    const before = start === 0 ? -1 : places[start - 1];
    const from = before === undefined ? places[start] : before + 1;
    return from === undefined ? undefined : { from, to: from };
  }
  const [first, last] = [places[start], places[start + removed - 1]];
  if (first === undefined || last === undefined || last - first !== removed - 1) return undefined;
  return { from: first, to: last + 1 };
}
