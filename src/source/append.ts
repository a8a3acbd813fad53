import { UserError, problem } from '../base/errors.ts';
import { sectionSpec } from '../schema/index.ts';
import { sectionNameProblem } from '../schema/section-names.ts';

export interface NewContainer {
  readonly name: string;
  /** Keys and values in the order they are to stand in. */
  readonly entries: ReadonlyMap<string, string>;
}

/**
 * The text of a description with a container more at its end, one blank line after what is there. Everything else stays
 * as it is, line ends included. Whether the result is free of mistakes is for the parser to say.
 * @throws UserError for a name that a container cannot have.
 */
export function appendContainer(text: string, container: NewContainer): string {
  const wrong = sectionNameProblem(sectionSpec('container'), container.name);
  if (wrong !== undefined) throw new UserError(problem('bad-section-name', wrong.message, { hint: wrong.hint }));
  const end = lineEnd(text);
  const lines = [
    `[container ${container.name}]`,
    ...[...container.entries].map(([key, value]) => `${key} = ${written(value)}`),
  ];
  return text + separator(text, end) + lines.map((line) => line + end).join('');
}

/** The line end that the text has; LF for one without. */
function lineEnd(text: string): string {
  return /\r\n|\n|\r/u.exec(text)?.[0] ?? '\n';
}

/** What makes the next section start after one blank line. */
function separator(text: string, end: string): string {
  if (/^\u{FEFF}?$/u.test(text)) return '';
  const [last = '', before] = text.split(/\r\n|\n|\r/u).toReversed();
  if (last !== '') return end + end;
  return before?.trim() === '' ? '' : end;
}

/** A value as it must be written to be read back exactly: in quotes where anything in it means something to INI. */
function written(value: string): string {
  const plain = value !== '' && value === value.trim() && !/[;#\\"'\p{Cc}]/u.test(value);
  return plain ? value : JSON.stringify(value);
}
