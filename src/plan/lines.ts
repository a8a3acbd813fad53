/** The text with `lines` at its end, those that it has not got yet. A last line without its end gets one first. */
export function withLines(text: string, lines: readonly string[]): string {
  const present = new Set(text.split('\n').map((line) => line.trim()));
  const missing = lines.filter((line) => !present.has(line));
  if (missing.length === 0) return text;
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${start}${missing.join('\n')}\n`;
}

/** The text without these lines; every other byte of it stays. */
export function withoutLines(text: string, lines: readonly string[]): string {
  if (lines.length === 0) return text;
  const unwanted = new Set(lines);
  return text
    .split(/(?<=\n)/u)
    .filter((line) => !unwanted.has(line.replace(/\n$/u, '')))
    .join('');
}
