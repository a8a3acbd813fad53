import { quoteRoff, quoteRoffArgument, quoteRoffText } from '../base/quote/index.ts';
import { textRenderer } from '../outputs/render.ts';
import type { Renderer } from '../outputs/render.ts';
import { templates } from './templates.generated.ts';

/**
 * A man page. In its template `<%= text %>` is a paragraph on lines of its own, `this.literal(text)` a line or a part of one
 * as it stands, `this.argument(text)` what follows a macro, `this.tag(text)` the bold heading of a list's entry.
 */
export function manPage(name: keyof typeof templates): Renderer<object> {
  return textRenderer({ name, text: templates[name] }, quoteRoffText, {
    literal: quoteRoff,
    argument: quoteRoffArgument,
    tag: (text) => tag(text),
  });
}

/** Bold, but what stands between angle brackets is a value's name, in italics: `--root <dir>`. */
function tag(text: string): string {
  return text
    .split(/(<[a-z]+>)/u)
    .filter((part) => part !== '')
    .map((part) =>
      part.startsWith('<') ? String.raw`\fI${quoteRoff(part.slice(1, -1))}\fP` : String.raw`\fB${quoteRoff(part)}\fP`,
    )
    .join('');
}
