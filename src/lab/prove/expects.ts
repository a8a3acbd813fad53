import { groupBy } from '../../base/group.ts';
import { problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import type { ExpectModel, HostModel, PeerTarget } from '../../resolve/model.ts';
import type { Judged } from './compare.ts';
import type { Party } from './parties.ts';
import type { ExpectReport } from './report.ts';
import { serviceText } from './services.ts';
import { isOutside } from './ways.ts';
import { isIn } from './world.ts';

/** What became of each expectation, and what is to be said of those that do not hold or hold against the policy. */
export function judgeExpects(
  model: HostModel,
  judged: readonly Judged[],
): { readonly reports: readonly ExpectReport[]; readonly problems: readonly Problem[] } {
  const results = model.expects.map((expect) => judgeExpect(expect, judged));
  return { reports: results.map(({ report }) => report), problems: results.flatMap(({ problems }) => problems) };
}

function judgeExpect(expect: ExpectModel, judged: readonly Judged[]) {
  const { name, verdict, where, to } = expect;
  const own = judged.filter((each) => concerns(expect, each));
  const pairs = [...groupBy(own, (each) => [each.way.from.name, end(expect, each)].join('\n')).values()];
  const wrong = pairs.filter((pair) => !holds(expect, pair));
  const report: ExpectReport = {
    name,
    verdict,
    holds: (own.length > 0 || verdict === 'deny') && wrong.length === 0,
    tried: own.length,
    against: wrong.flatMap(told),
  };
  const problems: Problem[] = [];
  // Who has no address there is not reached, and that is what deny asks for.
  if (own.length === 0 && verdict === 'allow') {
    const message = `${name}: nothing was sent from its \`from\` to its \`to\`: there is no address to send to`;
    problems.push(problem('lab-expect-untried', message, { where, hint: 'name others, or give them addresses' }));
  }
  if (wrong.length > 0) {
    const what = verdict === 'allow' ? 'does not get through' : 'gets through';
    problems.push(
      problem(
        'lab-expect-broken',
        `${name}: ${to.text} is to be ${verdict === 'allow' ? 'allowed' : 'denied'}, but ${what}: ${report.against.join('; ')}`,
        {
          where,
          hint: against(expect, wrong.flat()),
        },
      ),
    );
  }
  return { report, problems };
}

/** The line of the policy that is at odds with it, where one is. */
function against({ verdict }: ExpectModel, wrong: readonly Judged[]): string {
  const clash = wrong.find(({ promised }) => promised.open === (verdict === 'deny'));
  if (clash === undefined) return 'the description says so too: what was seen goes against it';
  const { because, where } = clash.promised;
  return `the description itself says otherwise (${because}): see ${where.file}:${String(where.line)}`;
}

/** Machines outside stand for each other; everybody else for himself. */
function end({ to }: ExpectModel, { way }: Judged): string {
  return to.target.kind === 'outside' ? 'outside' : way.to.name;
}

function holds({ verdict, from }: ExpectModel, pair: readonly Judged[]): boolean {
  if (verdict === 'deny') return pair.every(({ outcome }) => outcome === 'shut');
  // Who allows something wants it everywhere where there is a way, and somewhere at all.
  const due = pair.filter(
    ({ way, promised }) => way.noWay === undefined && way.free === undefined && promised.open !== undefined,
  );
  const open = pair.filter(({ outcome }) => outcome === 'open');
  if (from.kind === 'outside' && open.length === 0) return due.length === 0;
  const byService = groupBy(pair, ({ service }) => serviceText(service));
  return [...byService.values()].every((group) => group.some(({ outcome }) => outcome === 'open'));
}

function told(pair: readonly Judged[]): readonly string[] {
  const [first] = pair;
  if (first === undefined) return [];
  const services = [...new Set(pair.map(({ service }) => serviceText(service)))];
  return [`${first.way.from.name} to ${first.way.to.name}, ${services.join(', ')}`];
}

/** Whether an expectation is about a service on a way. */
export function concerns({ from, to }: ExpectModel, { way, service }: Pick<Judged, 'way' | 'service'>): boolean {
  if (!isParty(from, way.from, way.ends.from) || !isParty(to.target, way.to, way.ends.to, way.target.address))
    return false;
  if (to.protocol === undefined) return true;
  if (to.protocol !== service.protocol) return false;
  const { ports } = to;
  return (
    ports === undefined || (service.port !== undefined && service.port >= ports.first && service.port <= ports.last)
  );
}

function isParty(who: PeerTarget, party: Party, met: Judged['way']['ends']['from'], address?: string): boolean {
  switch (who.kind) {
    case 'any':
      return true;
    case 'host':
      return party.side === 'host';
    case 'outside':
      return isOutside(party);
    case 'container':
      return party.side === 'container' && party.name === who.name;
    case 'network':
      return party.side === 'container' && met.kind === 'container' && met.network === who.name;
    case 'prefix':
      return address !== undefined && isIn(who.prefix, address);
  }
}
