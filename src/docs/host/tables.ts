import { groupBy } from '../../base/group.ts';

/** A column of a table about things of one kind. `cell` gives prose with code between backticks, '' for nothing. */
export interface Column<Item> {
  readonly title: string;
  readonly cell: (item: Item) => string;
}

/** A table without what it would repeat in every line. */
export interface Table {
  /** What is the same in all lines: the column's title and the cell. */
  readonly same: readonly { readonly title: string; readonly text: string }[];
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Empty columns are left out; those that say the same of all are told once. The first column always stays. */
export function tableOf<Item>(columns: readonly Column<Item>[], items: readonly Item[]): Table {
  const all = columns.map(({ title, cell }, at) => {
    const cells = items.map((item) => cell(item));
    const isOne = new Set(cells).size === 1 && at > 0;
    return { title, cells, isOne, isEmpty: at > 0 && cells.every((text) => text === '') };
  });
  const filled = all.filter(({ isEmpty }) => !isEmpty);
  const same = items.length > 1 ? filled.filter(({ isOne }) => isOne) : [];
  const shown = filled.filter((column) => !same.includes(column));
  return {
    same: same.map(({ title, cells }) => ({ title, text: cells[0] ?? '' })),
    titles: shown.map(({ title }) => title),
    rows: items.map((_, at) => shown.map(({ cells }) => cells[at] ?? '')),
  };
}

/**
 * As `tableOf`, with one line for all whose cells are the same: the first column names them. `isAll`: each of the host’s
 * containers is there once, so that a long list of the rest is all others.
 */
export function groupedTable<Item extends { readonly name: string }>(
  title: string,
  columns: readonly Column<Item>[],
  items: readonly Item[],
  isAll = true,
): Table {
  const groups = rarestFirst([...groupBy(items, (item) => columns.map(({ cell }) => cell(item)).join('\0')).values()]);
  const last = groups.at(-1);
  const named = (group: readonly Item[]): string => {
    const isRest =
      isAll && group === last && groups.length > 1 && runsIn(group.map(({ name }) => name)).length > mostRuns;
    return isRest ? `all others (${group.length})` : ranged(group.map(({ name }) => name));
  };
  const first: Column<readonly Item[]> = { title, cell: named };
  const others = columns.map((column): Column<readonly Item[]> => ({
    title: column.title,
    cell: ([one]) => (one === undefined ? '' : column.cell(one)),
  }));
  return tableOf([first, ...others], groups);
}

/** A longer list of names than this one is all others, where only one group has it. */
const mostRuns = 12;

/** The largest last, where it is no list to read; else in their order. */
function rarestFirst<Item extends { readonly name: string }>(groups: readonly Item[][]): readonly (readonly Item[])[] {
  const largest = groups.reduce<readonly Item[]>((one, other) => (other.length > one.length ? other : one), []);
  if (runsIn(largest.map(({ name }) => name)).length <= mostRuns) return groups;
  return [...groups.filter((group) => group !== largest), largest];
}

/** `web1 to web40, db1 (41)`: names of one stem that follow each other as one, and how many they are. */
export function ranged(names: readonly string[]): string {
  const all = new Set(names);
  const runs = runsIn(names);
  const text = runs.map((run) => (run.length < 3 ? run.join(', ') : `${run[0] ?? ''} to ${run.at(-1) ?? ''}`));
  return all.size > 3 ? `${text.join(', ')} (${all.size})` : text.join(', ');
}

function runsIn(names: readonly string[]): readonly (readonly string[])[] {
  const stems = groupBy(new Set(names), (name) => name.replace(/\d+$/u, ''));
  return [...stems.values()].flatMap((group) => runsOf(group));
}

function runsOf(names: readonly string[]): readonly (readonly string[])[] {
  const runs: string[][] = [];
  for (const name of names.toSorted((one, other) => numberOf(one) - numberOf(other))) {
    const run = runs.at(-1);
    if (run !== undefined && name === nextOf(run.at(-1) ?? '')) run.push(name);
    else runs.push([name]);
  }
  return runs;
}

const digitsOf = (name: string): string => /\d+$/u.exec(name)?.[0] ?? '';

const numberOf = (name: string): number => Number(digitsOf(name));

/** `web09` → `web10`. */
function nextOf(name: string): string {
  const digits = digitsOf(name);
  return name.slice(0, name.length - digits.length) + String(Number(digits) + 1).padStart(digits.length, '0');
}

export const code = (text: string): string => `\`${text}\``;
