const backspace = String.fromCodePoint(8);

/** What mandoc writes for a terminal, as it is read: a bold letter is the letter, a backspace and the letter again. */
export function withoutBold(text: string): string {
  return text
    .split(backspace)
    .map((part, index, all) => (index === all.length - 1 ? part : part.slice(0, -1)))
    .join('');
}
