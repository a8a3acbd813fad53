import { groupBy } from '../../base/group.ts';
import type { Cell, LabReport } from './report.ts';

/** One field of the matrix: what got through, and whether that is as promised. */
export interface Field {
  /** `all`, `none`, `some` with its text, or `blank` where nothing was sent. */
  readonly kind: 'all' | 'none' | 'some' | 'blank';
  /** What got through, of `some`: `icmp, tcp 22 873`. */
  readonly text: string;
  readonly isWrong: boolean;
}

/** A row and a column: one party, or several that nothing tells apart. */
export interface Group {
  readonly label: string;
  readonly members: readonly string[];
}

export interface Grid {
  readonly groups: readonly Group[];
  readonly field: (from: Group, to: Group) => Field;
}

/** Above this many parties, those that behave alike share a row. */
const separate = 16;

export function gridOf(report: LabReport): Grid {
  const fields = fieldsOf(report);
  const blank: Field = { kind: 'blank', text: '', isWrong: false };
  const one = (from: string, to: string): Field => fields.get(`${from}\n${to}`) ?? blank;
  const names = report.parties.map(({ name }) => name);
  const groups =
    names.length <= separate ? names.map((name) => ({ label: name, members: [name] })) : alike(report, one);
  return {
    groups,
    field: (from, to) => {
      const pairs = from.members.flatMap((sender) =>
        to.members.flatMap((receiver) => (sender === receiver ? [] : [one(sender, receiver)])),
      );
      return pairs.find(({ isWrong }) => isWrong) ?? pairs.find(({ kind }) => kind !== 'blank') ?? blank;
    },
  };
}

function fieldsOf(report: LabReport): ReadonlyMap<string, Field> {
  const wrong = new Set(report.differences.map(({ from, to }) => `${from}\n${to}`));
  const pairs = groupBy(report.cells, ({ from, to }) => `${from}\n${to}`);
  return new Map(Array.from(pairs, ([key, cells]) => [key, fieldOf(cells, report.services, wrong.has(key))]));
}

/** Both families together; where they differ, the text says so. */
function fieldOf(cells: readonly Cell[], services: readonly string[], isWrong: boolean): Field {
  const open = cells.flatMap((cell) => cell.open.map((number) => ({ number, family: cell.family })));
  const tried = cells.reduce((sum, cell) => sum + cell.tried.length, 0);
  if (open.length === 0) return { kind: 'none', text: '', isWrong };
  if (open.length === tried) return { kind: 'all', text: '', isWrong };
  const all = new Set(cells.flatMap((cell) => cell.tried)).size;
  const byFamilies = groupBy([...groupBy(open, ({ number }) => number)], ([, each]) =>
    each.length === cells.length ? '' : each.map(({ family }) => `IPv${String(family)}`).join(),
  );
  const text = Array.from(byFamilies, ([families, numbers]) => {
    const names = shortened(
      numbers.map(([number]) => number).toSorted((a, b) => a - b),
      services,
      all,
    );
    return families === '' ? names : `${families}: ${names}`;
  });
  return { kind: 'some', text: text.join('; '), isWrong };
}

/** `everything`, or `icmp, tcp 22 80`; `all`: how many were tried. */
function shortened(numbers: readonly number[], services: readonly string[], all: number): string {
  if (numbers.length === all) return 'everything';
  const words = numbers.map((number) => (services[number] ?? '').split(' '));
  return Array.from(
    groupBy(words, ([protocol]) => protocol),
    ([protocol, each]) => [protocol, ...each.flatMap(([, port]) => port ?? [])].join(' '),
  ).join(', ');
}

function mark(field: Field): string {
  return `${field.kind} ${field.text} ${String(field.isWrong)}`;
}

/** Containers of the same networks from and to which everything is the same; all others stand for themselves. */
function alike({ parties }: LabReport, one: (from: string, to: string) => Field): readonly Group[] {
  let groups = [
    ...groupBy(parties, ({ name, side, networks }) =>
      side === 'container' ? `in ${networks.join(' ')}` : `= ${name}`,
    ).values(),
  ].map((members) => members.map(({ name }) => name));
  for (;;) {
    const seen = (name: string, others: readonly string[]): string =>
      [
        ...new Set(
          others.flatMap((other) => (other === name ? [] : [`${mark(one(name, other))} ${mark(one(other, name))}`])),
        ),
      ]
        .toSorted()
        .join('|');
    const next = groups.flatMap((members) => [
      ...groupBy(members, (name) => groups.map((others) => seen(name, others)).join('\n')).values(),
    ]);
    if (next.length === groups.length) break;
    groups = next;
  }
  return groups.map((members) => {
    const [first = ''] = members;
    const networks = parties.find(({ name }) => name === first)?.networks ?? [];
    const more = `${first} +${String(members.length - 1)}`;
    return {
      label: members.length === 1 ? first : `${more}${networks.length === 0 ? '' : ` ${networks.join(' ')}`}`,
      members,
    };
  });
}
