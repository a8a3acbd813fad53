import ejs from 'ejs';

import { commentText } from '../base/quote/index.ts';
import { templates } from './templates.generated.ts';

export type TemplateName = keyof typeof templates;

/** Text that is in the target's language already; only helpers and rendered parts are. */
export class Written {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Quote = (value: string) => string;

interface Template {
  readonly name: string;
  readonly text: string;
}

/** Renders data of one shape. */
export type Renderer<Data extends object> = (data: Data) => string;

/**
 * Compiles a template once, on its first use. In it `it` is the data, and `<%= value %>` passes through `quote`, the
 * quoting function of the language that is written. `this.comment(text)` is text for one comment line, `this.word(text)`
 * a plain word (a service, a variable), `this.words(list)` several with blanks between them; `others` adds helpers for
 * values that are quoted in another way, as `this.NAME(value)`.
 * A value that is neither text nor number throws: it is a mistake of ours, never an empty place in a file.
 */
export function renderer(
  name: TemplateName,
  quote: Quote,
  others: Readonly<Record<string, Quote>> = {},
): Renderer<object> {
  return textRenderer({ name, text: templates[name] }, quote, others);
}

/** As `renderer`, of a template that is not among the outputs'. */
export function textRenderer(
  template: Template,
  quote: Quote,
  others: Readonly<Record<string, Quote>> = {},
): Renderer<object> {
  let compiled: Renderer<object> | undefined;
  return (data) => {
    compiled ??= compile(template, quote, others);
    return inOnePiece(compiled(data));
  };
}

/** As `renderer`, for a part that is put into another file of the same language: `<%= part %>` there. */
export function partRenderer(name: TemplateName, quote: Quote, others?: Readonly<Record<string, Quote>>) {
  const render = renderer(name, quote, others);
  return (data: object): Written => new Written(render(data));
}

/** Appending leaves a tree of small strings behind, which costs memory and time until something reads it: a search does. */
function inOnePiece(text: string): string {
  if (/\0/u.test(text)) throw new Error('a NUL in a generated file');
  return text;
}

function compile({ name, text }: Template, quote: Quote, others: Readonly<Record<string, Quote>>): Renderer<object> {
  if (/<%-(?!\s*include\()/u.test(text)) throw new Error(`template ${name}: raw output is for includes alone`);
  const named = Object.entries(others).map(([key, helper]) => [key, (value: string) => new Written(helper(value))]);
  const options = {
    async: false,
    _with: false,
    localsName: 'it',
    strict: true,
    compileDebug: false,
    // The data are ours; without this they are copied at every call.
    unsafePrototypeLocals: true,
    context: { ...helpers, ...Object.fromEntries(named) },
    escape: (value: unknown) => inLanguage(name, value, quote),
  } as const;
  return ejs.compile(text, options);
}

function inLanguage(name: string, value: unknown, quote: Quote): string {
  if (typeof value === 'string') return quote(value);
  if (value instanceof Written) return value.text;
  if (typeof value === 'number') return quote(String(value));
  throw new Error(`template ${name}: a value is ${value === null ? 'null' : typeof value}`);
}

const helpers = {
  comment: (text: string): Written => new Written(/^[ -~]*$/u.test(text) ? text : commentText(text)),
  word: (text: string): Written => plainWord(text),
  words: (list: readonly string[]): Written => new Written(list.map((word) => plainWord(word).text).join(' ')),
};

/** Words that were found to be plain; most come again in every file of a kind. */
const plainWords = new Map<string, Written>();
const mostPlainWords = 1000;

/** Names of services, interfaces, variables and LXC keys: nothing that a shell could take for more. */
function plainWord(word: string): Written {
  const known = plainWords.get(word);
  if (known !== undefined) return known;
  if (!/^[A-Za-z0-9_][A-Za-z0-9._/:@-]*$/u.test(word)) throw new Error(`not a plain word: ${JSON.stringify(word)}`);
  const written = new Written(word);
  if (plainWords.size < mostPlainWords) plainWords.set(word, written);
  return written;
}
