import type { Place } from '../base/errors.ts';
import type { Entry } from './types.ts';

/**
 * The place of a part of a value: `offset` and `length` in characters of the value. The whole value where escapes make
 * it differ from what stands in the file.
 */
export function placeInValue(entry: Entry, offset: number, length: number): Place {
  const { column, text } = entry.where;
  if (column === undefined || text === undefined) return entry.where;
  if (text.slice(column - 1, column - 1 + entry.value.length) !== entry.value || offset >= entry.value.length)
    return entry.where;
  return { ...entry.where, column: column + offset, length: Math.max(1, length) };
}
