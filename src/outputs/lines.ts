import { renderer } from './render.ts';
import type { Renderer } from './render.ts';

/** A line of a file that has no quoting at all. What would not be one line is a mistake of ours by now. */
export function plainLine(line: string): string {
  if (/\p{Cc}/u.test(line)) throw new Error(`not a line: ${JSON.stringify(line)}`);
  return line;
}

/** Plain lines below a header. */
export const hostLines: Renderer<{ readonly header: readonly string[]; readonly lines: readonly string[] }> = renderer(
  'host/lines',
  plainLine,
);
