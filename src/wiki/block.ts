import { createHash } from 'node:crypto';

import { beginMark, endMark } from '../docs/mediawiki/index.ts';
import type { Revision } from './types.ts';

/** What of a page on a wiki is ours, and what stands around it. */
interface Found {
  /** With the mark that begins it, and the one that ends it. */
  readonly before: string;
  readonly after: string;
  /** What stands between the marks, without the line of its sum. */
  readonly text: string;
  /** The sum of what was written there last; undefined where that is not noted. */
  readonly written?: string;
}

/**
 * How a page on a wiki is to what is rendered. `absent`: there is no page. `unmarked`: it has no marks of ours. `damaged`:
 * one of them is missing or twice there. `outdated`: what is there is what was written last, and something else is
 * rendered now. `edited`: somebody changed what is between the marks. `adopted`: somebody did, and just that is rendered now.
 */
export type PageState =
  | { readonly state: 'absent' | 'unmarked' | 'current' | 'outdated' | 'edited' | 'adopted' }
  | { readonly state: 'damaged'; readonly why: string };

const sumLine = /^<!-- rc-lxc:written (?<sum>[0-9a-f]{64}) -->\n/u;

/** As a wiki has it: composed characters, line feeds alone, one line end at the end. */
function normal(text: string): string {
  return `${text.normalize('NFC').replaceAll(/\r\n?/gu, '\n').trimEnd()}\n`;
}

function sumOf(text: string): string {
  return createHash('sha256').update(normal(text)).digest('hex');
}

function times(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** @returns undefined without marks; a string that says what is wrong with them. */
function find(page: string, content: string): Found | string | undefined {
  const [begin, end] = [beginMark(page), endMark(page)];
  const [begins, ends] = [times(content, begin), times(content, end)];
  if (begins === 0 && ends === 0) return undefined;
  if (begins !== 1) return `${begin} is there ${begins === 0 ? 'no more' : `${begins} times`}`;
  if (ends !== 1) return `${end} is there ${ends === 0 ? 'no more' : `${ends} times`}`;
  const [from, to] = [content.indexOf(begin) + begin.length, content.indexOf(end)];
  if (to < from) return `${end} stands before ${begin}`;
  const inner = content.slice(from, to).replaceAll(/\r\n?/gu, '\n').replace(/^\n/u, '');
  if (/<!-- rc-lxc:(?:begin|end) /u.test(inner)) return `marks of another page stand after ${begin}`;
  const sum = sumLine.exec(inner)?.groups?.['sum'];
  return {
    before: content.slice(0, from),
    after: content.slice(to),
    text: sum === undefined ? inner : inner.replace(sumLine, ''),
    ...(sum === undefined ? {} : { written: sum }),
  };
}

/** `content`: the page as it is on the wiki; `rendered`: what is to stand between the marks. */
export function stateOf(page: string, content: string | undefined, rendered: string): PageState {
  if (content === undefined) return { state: 'absent' };
  const found = find(page, content);
  if (found === undefined) return { state: 'unmarked' };
  if (typeof found === 'string') return { state: 'damaged', why: found };
  const isRendered = normal(found.text) === normal(rendered);
  const isWritten = found.written === sumOf(found.text);
  if (isRendered) return { state: isWritten ? 'current' : 'adopted' };
  return { state: isWritten || found.text.trim() === '' ? 'outdated' : 'edited' };
}

/** What stands between the marks, without the line of the sum; undefined where the marks are not as they should be. */
export function textBetween(page: string, content: string): string | undefined {
  const found = find(page, content);
  return found === undefined || typeof found === 'string' ? undefined : normal(found.text);
}

/** The page with another text between its marks; without `content` a page that has nothing else. */
export function withText(page: string, content: string | undefined, rendered: string): string {
  const found = content === undefined ? undefined : find(page, content);
  const { before, after } =
    found === undefined || typeof found === 'string' ? { before: beginMark(page), after: endMark(page) } : found;
  return `${before}\n<!-- rc-lxc:written ${sumOf(rendered)} -->\n${normal(rendered)}${after}`;
}

/** What was done to a page since it was written last. */
export interface Edits {
  /** What was written last; undefined where that is not among the revisions. */
  readonly base?: Revision;
  /** The edits of what is between the marks, oldest first. */
  readonly edits: readonly Revision[];
}

/** `history`: newest first. */
export function editsOf(page: string, history: readonly Revision[]): Edits {
  const isWritten = ({ content }: Revision): boolean => {
    const found = find(page, content);
    return found !== undefined && typeof found !== 'string' && found.written === sumOf(found.text);
  };
  const at = history.findIndex(isWritten);
  const since = at === -1 ? history : history.slice(0, at + 1);
  const edits = since.filter((revision, place) => {
    const older = since[place + 1];
    if (older === undefined) return at === -1;
    return textBetween(page, revision.content) !== textBetween(page, older.content);
  });
  const base = history[at];
  return { ...(base === undefined ? {} : { base }), edits: edits.toReversed() };
}

/** As a wiki tells files apart: SHA-1 of the bytes, in hexadecimal digits. */
export function fileSum(content: string): string {
  return createHash('sha1').update(content).digest('hex');
}
