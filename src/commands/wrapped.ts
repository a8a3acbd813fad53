/** As terminals have them. */
const columns = 80;

/** A text in lines of at most 80 characters, broken at blanks; those after the first are indented by `hang` more. */
export function wrapped(text: string, indent = '', hang = 2): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    const isFirst = line.trim() === '';
    if (!isFirst && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = indent + ' '.repeat(hang) + word;
    } else {
      line += isFirst ? word : ` ${word}`;
    }
  }
  return [...lines, line];
}
