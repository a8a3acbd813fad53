/**
 * Whatever would end a line or move the cursor: C0 and C1 controls (LXC ends a line at a lone CR), the separators
 * that some tools take for a line's end, and the marks that reverse the reading direction.
 */
const unprintable = /[\p{Cc}\p{Cs}\u{2028}\u{2029}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu;

/**
 * Text for a `#` comment of one line, in any of the languages written. What is not printable is shown as an escape,
 * so that no file name or section name ends the comment early.
 */
export function commentText(text: string): string {
  return text.replaceAll(unprintable, (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`);
}

/** The same characters as U+FFFD, one for one, so that columns keep their meaning: for echoing input on a terminal. */
export function displayText(text: string): string {
  return text.replaceAll(unprintable, (character) => (character === '\t' ? character : '\u{FFFD}'));
}
