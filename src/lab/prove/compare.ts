import { groupBy } from '../../base/group.ts';
import type { Problem } from '../../base/errors.ts';
import { problem } from '../../base/errors.ts';
import type { Seen } from './probe.ts';
import type { Promised } from './promise.ts';
import type { Cell, Difference, ReachReport } from './report.ts';
import { serviceText } from './services.ts';
import type { Service } from './services.ts';

/** What was seen, with what was promised of it. */
export interface Judged extends Seen {
  readonly promised: Promised;
}

function isDifferent({ outcome, promised }: Judged): boolean {
  if (outcome === 'error') return promised.open === true;
  return promised.open !== undefined && (outcome !== 'shut') !== promised.open;
}

/** Whether a promise that it gets through waits for a slow machine, or is broken. */
export function isMissing({ outcome, promised }: Judged): boolean {
  return promised.open === true && outcome !== 'open';
}

export function differencesOf(judged: readonly Judged[]): readonly Difference[] {
  return judged.filter(isDifferent).map(({ way, service, outcome, promised }) => ({
    from: way.from.name,
    to: way.to.name,
    service: serviceText(service),
    family: way.target.family,
    address: way.address,
    promised: promised.open === true ? 'open' : 'shut',
    seen: outcome,
    because: promised.because,
    file: promised.where.file,
    line: promised.where.line,
  }));
}

/** One finding for all that differs between two parties and goes against the same line. */
export function differenceProblems(judged: readonly Judged[]): readonly Problem[] {
  const tried = new Map<string, Set<Service>>();
  for (const { way, service } of judged) {
    const pair = [way.from.name, way.to.name].join('\n');
    tried.set(pair, (tried.get(pair) ?? new Set()).add(service));
  }
  const groups = groupBy(judged.filter(isDifferent), ({ way, promised }) =>
    [way.from.name, way.to.name, promised.open, promised.where.file, promised.where.line].join('\n'),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const all = tried.get([first.way.from.name, first.way.to.name].join('\n'))?.size ?? 0;
    return [differenceProblem(first, group, all)];
  });
}

function differenceProblem({ way, promised }: Judged, group: readonly Judged[], all: number): Problem {
  const what = services(group, all);
  const who = `${way.from.name} to ${way.to.name}`;
  const message =
    promised.open === true
      ? `${who}: ${what} does not get through, but is promised (${promised.because})`
      : `${who}: ${what} gets through, but must not (${promised.because})`;
  return problem(promised.open === true ? 'lab-not-reached' : 'lab-reached', message, {
    where: promised.where,
    hint:
      promised.open === true
        ? 'something on the way stops it: the host’s firewall, a route, or the network’s type'
        : 'nothing holds this back: see what the network’s type can hold (rc-lxc explain network.type), or take another one',
  });
}

/** `tcp 22, 80 and icmp (IPv4, IPv6)`. */
function services(group: readonly Judged[], all: number): string {
  const names = servicesText(
    group.map(({ service }) => service),
    all,
  );
  const families = [...new Set(group.map(({ way }) => way.target.family))].toSorted((one, other) => one - other);
  const others = new Set(group.filter(({ outcome }) => outcome === 'other').map(({ result }) => result.who ?? ''));
  const answered = others.size === 0 ? '' : `, answered by ${[...others].join(', ')}`;
  return `${names} over ${families.map((family) => `IPv${String(family)}`).join(' and ')}${answered}`;
}

/** `everything`, or `icmp, tcp 22 80`; `all`: how many were tried. */
function servicesText(services_: readonly Service[], all: number): string {
  const own = [...new Set(services_)];
  if (own.length === all) return 'everything';
  return Array.from(
    groupBy(own, ({ protocol }) => protocol),
    ([protocol, each]) =>
      [protocol, ...each.flatMap(({ port }) => (port === undefined ? [] : [String(port)]))].join(' '),
  ).join(', ');
}

/** By sender, receiver and family: all addresses of a receiver taken together. */
export function cellsOf(judged: readonly Judged[], services_: readonly Service[]): readonly Cell[] {
  const place = new Map(services_.map((service, at) => [service, at]));
  const groups = groupBy(judged, ({ way }) => [way.from.name, way.to.name, way.target.family].join('\n'));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const numbers = (wanted: (each: Judged) => boolean): readonly number[] =>
      [...new Set(group.filter(wanted).flatMap(({ service }) => place.get(service) ?? []))].toSorted((a, b) => a - b);
    const promised = numbers((each) => each.promised.open === true);
    return [
      {
        from: first.way.from.name,
        to: first.way.to.name,
        family: first.way.target.family,
        tried: numbers(() => true),
        promised,
        open: numbers(({ outcome }) => outcome === 'open'),
        free: numbers((each) => each.promised.open === undefined).filter((number) => !promised.includes(number)),
      },
    ];
  });
}

/** What was seen of the types' own promises: on ways that nothing but one of them has a say in. */
export function reachOf(judged: readonly Judged[]): readonly ReachReport[] {
  const found = new Map<string, ReachReport>();
  for (const { way, promised, outcome } of judged) {
    const [condition, ...more] = [...way.conditions, ...(way.forwarded ?? [])];
    if (condition === undefined || more.length > 0 || outcome === 'error') continue;
    const { network, key, holds } = condition;
    const { family } = way.target;
    // Where the policy says otherwise, it says nothing of the type.
    if (promised.open !== holds) continue;
    const id = [network.name, family, key].join('\n');
    const seen = outcome !== 'shut' || found.get(id)?.seen === true;
    found.set(id, { network: network.name, type: network.type, family, key, promised: holds, seen });
  }
  return [...found.values()];
}
