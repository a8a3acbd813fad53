import type { Parser, ValueProblem } from './types.ts';
import { refuse } from './types.ts';

/**
 * A parser for values separated by commas. A problem points at the element that has it.
 * `identity` tells what makes two elements the same thing.
 */
export function listOf<V>(element: Parser<V>, identity: (value: V) => string): Parser<readonly V[]> {
  return (text, spec) => {
    const values: V[] = [];
    const seen = new Set<string>();
    let offset = 0;
    for (const piece of text.split(',')) {
      const word = piece.trim();
      const start = offset + piece.indexOf(word);
      offset += piece.length + 1;
      const parsed =
        word === ''
          ? refuse('empty-list-item', ' ', 'an item of the list is missing', 'remove the comma')
          : element(word, spec);
      if ('problem' in parsed) return moved(parsed, start);
      const name = identity(parsed.ok);
      if (seen.has(name))
        return moved(refuse('listed-twice', word, `"${word}" stands twice in the list`, 'remove one'), start);
      seen.add(name);
      values.push(parsed.ok);
    }
    return { ok: values };
  };
}

function moved(refused: { readonly problem: ValueProblem }, by: number): { problem: ValueProblem } {
  return { problem: { ...refused.problem, offset: refused.problem.offset + by } };
}

export const asIs = (value: string): string => value;
