/** Every code that reading the text can give, and what it says, for the manual. */
export const sourceProblems = {
  'not-text': 'A file holds bytes that are no UTF-8 text, or control characters.',
  'too-large': 'A file has more than 8 MiB.',
  'line-too-long': 'A line has more than 4096 characters.',
  'too-many-problems': 'A file has so many mistakes that the rest of it was not read.',
  'not-an-assignment': 'A line is no section, no KEY = VALUE and no comment.',
  'missing-key': 'Nothing stands before the equals sign.',
  'unclosed-header': 'The header of a section has no closing bracket.',
  'text-after-header': 'Something stands behind the header of a section that is no comment.',
  'unclosed-quote': 'A value starts with a quote and does not end with one.',
  'text-after-quote': 'Something stands behind a quoted value that is no comment.',
  'bad-escape': 'A backslash in a value in double quotes starts no escape.',
  'comment-in-word': 'A ; or # stands inside a word, where it is neither clearly a comment nor clearly not.',
  'key-outside-section': 'A key stands before the first section.',
  'unknown-section': 'There is no section of this kind.',
  'dotted-section': 'The header of a section has a dot in it.',
  'missing-section-name': 'A section that needs a name has none.',
  'superfluous-section-name': 'A section that takes no name has one.',
  'bad-section-name': 'A section has a name that it cannot have.',
  'duplicate-section': 'A section stands twice, in one file or in two.',
  'duplicate-key': 'A key stands twice in a section.',
  'unknown-key': 'A section has no key of this name.',
  'bad-key-name': 'What follows the dot of a key is no name that can stand there.',
} as const satisfies Record<string, string>;

export type SourceCode = keyof typeof sourceProblems;
