import { styleText } from 'node:util';
import type { Field, Grid, Group } from './rows.ts';

export interface MatrixOptions {
  readonly colour: boolean;
  readonly width: number;
}

const symbols = { all: '+', none: '.', blank: ' ' } as const;

/** For what some of the services get through: one each, in the order of their appearance. */
const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');

/**
 * Rows send, columns receive, both in the same order and numbered; the legend tells what each symbol means. Wider than
 * the terminal, it is cut into several, one below the other.
 */
export function matrixText({ groups, field }: Grid, { colour, width }: MatrixOptions): string {
  const legend = new Map<string, string>();
  const digits = String(groups.length).length;
  const name = Math.min(24, Math.max(...groups.map(({ label }) => label.length)));
  const stub = digits + 1 + name;
  // Room for a mark before the symbol, too.
  const column = Math.max(2, digits);
  const fits = Math.max(1, Math.floor((width - stub) / (column + 1)));
  const blocks: string[] = [];
  for (let first = 0; first < groups.length; first += fits) {
    const columns = groups.slice(first, first + fits);
    const head = `${'from \\ to'.padEnd(stub)} ${columns.map((_, at) => String(first + at + 1).padStart(column)).join(' ')}`;
    const rows = groups.map((from, at) => {
      const label = from.label.length > name ? `${from.label.slice(0, name - 1)}…` : from.label;
      const fields = columns.map((to) => symbol(from, to, field(from, to), legend, colour, column));
      return `${String(at + 1).padStart(digits)} ${label.padEnd(name)} ${fields.join(' ')}`.trimEnd();
    });
    blocks.push([head.trimEnd(), ...rows].join('\n'));
  }
  return [...blocks, legendText(legend, width)].join('\n\n');
}

function symbol(
  from: Group,
  to: Group,
  field: Field,
  legend: Map<string, string>,
  colour: boolean,
  column: number,
): string {
  if (from === to && field.kind === 'blank') return '-'.padStart(column);
  const mark = field.kind === 'some' ? letterOf(field.text, legend) : symbols[field.kind];
  const text = `${field.isWrong ? '!' : ''}${mark}`.padStart(column);
  if (!colour) return text;
  if (field.isWrong) return styleText(['bold', 'red'], text, { validateStream: false });
  const style = { all: 'green', some: 'yellow', none: 'dim', blank: 'dim' } as const;
  return styleText(style[field.kind], text, { validateStream: false });
}

function letterOf(text: string, legend: Map<string, string>): string {
  const known = legend.get(text) ?? letters[legend.size] ?? '~';
  if (known !== '~') legend.set(text, known);
  return known;
}

function legendText(legend: ReadonlyMap<string, string>, width: number): string {
  const lines = ['+ everything gets through  . nothing does  (blank) not tried  ! not as promised'];
  for (const [text, letter] of legend) lines.push(...folded(`${letter} `, text, width));
  return lines.join('\n');
}

/** At blanks, with what follows below the first word. */
export function folded(first: string, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ')) {
    if (line.length + word.length > width && line.trim() !== '' && line !== first) {
      lines.push(line.trimEnd());
      line = ' '.repeat(first.length);
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()];
}
