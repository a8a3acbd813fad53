/** The text with `lines` at its end, those that it has not got yet. A last line without its end gets one first. */
export function withLines(text: string, lines: readonly string[]): string {
  const present = new Set(text.split('\n').map((line) => line.trim()));
  const missing = lines.filter((line) => !present.has(line));
  if (missing.length === 0) return text;
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${start}${missing.join('\n')}\n`;
}

/** The text without these lines, each once and the last of its kind, as we add at the end; every other byte stays. */
export function withoutLines(text: string, lines: readonly string[]): string {
  const unwanted = new Set(lines);
  if (unwanted.size === 0) return text;
  const kept = text.split(/(?<=\n)/u).toReversed();
  return kept
    .filter((line) => !unwanted.delete(line.replace(/\n$/u, '')))
    .toReversed()
    .join('');
}
