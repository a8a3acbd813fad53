import { UnquotableError, refuseUnwritable } from './errors.ts';

/** Spaces that MediaWiki makes unbreakable, even in preformatted text (its Sanitizer::armorFrenchSpaces). */
const armoured = / (?=[?:;!%»›])|(?<=[«‹]) /gu;

/**
 * Text that a wiki shows as exactly this, line by line, wherever text can stand: as an argument of a template, in a
 * cell, in a link. Measured on MediaWiki 1.39: in `<nowiki>` entities alone mean something, and its own end.
 * @throws UnquotableError for carriage returns and control characters, which MediaWiki drops or changes when it saves.
 */
function quoteWikiVerbatim(value: string): string {
  return value === '' ? '' : `<nowiki>${withoutEntities(value).replaceAll(/<(?=\/nowiki)/giu, '&lt;')}</nowiki>`;
}

/** The same in `<pre>`, which is a tag of MediaWiki's own: it ends at `</pre`, and takes `<nowiki>` away. */
export function quoteWikiPre(value: string): string {
  return `<pre>${preformatted(withoutEntities(value).replaceAll('<', '&lt;'))}</pre>`;
}

/** As `quoteWikiVerbatim`, for a template that puts it into preformatted text, first of all. */
export function quoteWikiBox(value: string): string {
  return quoteWikiVerbatim(preformatted(value));
}

/** A line break right behind `<pre>` is none (HTML, 13.1.2.5): one more is. */
const preformatted = (text: string): string => (text.startsWith('\n') ? `\n${text}` : text);

/**
 * A line of prose, or a part of one, white space as one blank. Words that wikitext could mean something by are verbatim,
 * the others stand as they are, so that a person can read the source. `atStart`: it may stand where a line begins.
 * @throws UnquotableError for control characters.
 */
export function quoteWikiText(value: string, atStart = true): string {
  const pieces = value.split(/([ \t\n]+)/u);
  const written: string[] = [];
  let verbatim: string[] = [];
  for (let at = 0; at < pieces.length; at += 2) {
    const word = pieces[at] ?? '';
    const blank = at === 0 ? '' : blankBetween(pieces[at - 2] ?? '', word);
    if (isPlainWord(word, atStart && at === 0)) {
      written.push(quoteWikiVerbatim(verbatim.join('')), blank, withoutEntities(word));
      verbatim = [];
    } else if (verbatim.length === 0) {
      written.push(blank);
      verbatim = [word];
    } else {
      verbatim.push(' ', word);
    }
  }
  return [...written, quoteWikiVerbatim(verbatim.join(''))].join('');
}

/** A command or a value, whole: as it stands where it is plain words, else verbatim. */
export function quoteWikiArgument(value: string): string {
  const isPlain = value !== '' && value.split(' ').every((word) => word !== '' && isPlainWord(word, true));
  return isPlain ? withoutEntities(value) : quoteWikiVerbatim(value);
}

/** An attribute's value, such as the text of a picture, where `<nowiki>` cannot stand. */
export function quoteWikiAttribute(value: string): string {
  return withoutEntities(value).replaceAll(/[!"#'*/:;<=>?@[\\\]_`{|}~-]|\n/gu, entity);
}

const blankBetween = (before: string, after: string): string =>
  /[«‹]$/u.test(before) || /^[?:;!%»›]/u.test(after) ? '&#32;' : ' ';

/** Letters, digits and marks between them that mean nothing to MediaWiki; no address, no magic word, no start of a list. */
function isPlainWord(word: string, isFirst: boolean): boolean {
  if (!/^[("“‘]?[\p{L}\p{N}\p{M}.,/%?!;:’”)"'…–—+_-]*$/u.test(word)) return false;
  if (/''|__|!!|-{4}|^['_+!]|:.|'$/u.test(word) || (isFirst && /^[;:-]/u.test(word))) return false;
  // What older wikis link by themselves.
  return !/^(?:RFC|PMID|ISBN)$/u.test(word);
}

/** Entities that stand for what they would be taken for, or lost as; the rest as it is. */
function withoutEntities(value: string): string {
  refuseUnwritable('a wiki', value);
  if (/[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/u.test(value))
    throw new UnquotableError('a wiki', value, 'it holds a carriage return or another control character');
  const text = value.replaceAll('&', '&amp;').replaceAll(armoured, '&#32;');
  // A wiki composes characters when it saves (NFC).
  return text === text.normalize('NFC') ? text : text.replaceAll(/[^\0-\x7F]/gu, entity);
}

const entity = (character: string): string => `&#${character.codePointAt(0) ?? 0};`;
