import type { Place } from '../base/errors.ts';

/** The part of a place where `word` stands; the whole place when it does not, as after escapes. */
export function placeInText(place: Place, word: string): Place {
  const { text, column = 1 } = place;
  const found = text?.indexOf(word, column - 1) ?? -1;
  return found === -1 ? place : { ...place, column: found + 1, length: word.length };
}
