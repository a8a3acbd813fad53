import { quoteMarkdown, quoteMarkdownCell, quoteMarkdownCode, quoteMarkdownText } from '../base/quote/index.ts';
import { textRenderer } from '../outputs/render.ts';
import { templates } from './templates.generated.ts';

/** The text of each template by its name. */
export type Templates = ReadonlyMap<string, string>;

export const docsTemplates: Templates = new Map<string, string>(Object.entries(templates));

/**
 * The Markdown that a template gives. In it `it` is the facts, and `<%= value %>` is text that is shown as it stands;
 * `this.prose(text)` is text with code between backticks, `this.code(value)` a span of code, `this.cell(text)` prose in a
 * cell of a table, `this.line(text)` a line of a fence as it stands. `this.part('NAME')` is templates/docs/parts/NAME, and `this.part('NAME ARGUMENT')` the same with
 * `it.argument`. `known`: what to take the templates from.
 * @throws Error for a template or part that is not there.
 */
export function renderTemplate(
  name: string,
  facts: object,
  { argument = '', known = docsTemplates }: { readonly argument?: string; readonly known?: Templates } = {},
): string {
  const text = known.get(name);
  if (text === undefined) throw new Error(`there is no template ${name}`);
  const render = textRenderer({ name, text }, quoteMarkdown, {
    prose: quoteMarkdownText,
    code: quoteMarkdownCode,
    cell: quoteMarkdownCell,
    line: fencedLine,
    part: (call) => part(call, facts, known),
  });
  return render({ ...facts, argument });
}

function fencedLine(text: string): string {
  if (/^\s*(?:`{3}|~{3})|[\n\r]/u.test(text))
    throw new Error(`this cannot be a line of a fence: ${JSON.stringify(text)}`);
  return text;
}

function part(call: string, facts: object, known: Templates): string {
  const [, name = '', argument = ''] = /^(\S+)(?: (.*))?$/u.exec(call) ?? [];
  return renderTemplate(`docs/parts/${name}`, facts, { argument, known }).trimEnd();
}
