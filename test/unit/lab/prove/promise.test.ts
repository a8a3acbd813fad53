import { describe as suite, expect, it } from 'vitest';
import { cellsOf, differenceProblems, differencesOf } from '../../../../src/lab/prove/compare.ts';
import type { Judged } from '../../../../src/lab/prove/compare.ts';
import { judgeExpects } from '../../../../src/lab/prove/expects.ts';
import { partiesOf, targetsOf } from '../../../../src/lab/prove/parties.ts';
import { promisesOf } from '../../../../src/lab/prove/promise.ts';
import { servicesOf } from '../../../../src/lab/prove/services.ts';
import { Routes } from '../../../../src/lab/prove/ways.ts';
import { planWorld } from '../../../../src/lab/prove/world.ts';
import { modelOf, placesOf } from './support.ts';

/** Everything is seen as it is promised, unless `seen` says otherwise. */
function judged(
  source: string,
  seen: (each: Omit<Judged, 'outcome' | 'result'>) => boolean | undefined = () => undefined,
) {
  const model = modelOf(source);
  const world = planWorld(model, { vlans: true });
  const parties = partiesOf(model, world, new Map(model.containers.map(({ name }, at) => [name, at + 2])));
  const routes = new Routes(model, world, new Set(['eth0']));
  const services = servicesOf(model);
  const ways = routes.ways(parties, targetsOf(model, world, parties, new Map()));
  const promise = promisesOf(model, placesOf(source));
  const all = ways.flatMap((way) =>
    services.map((service): Judged => {
      const promised = promise(way, service);
      const isOpen = seen({ way, service, promised }) ?? promised.open ?? false;
      const result = { status: isOpen ? 'open' : 'timeout', tries: 1 } as const;
      return { way, service, promised, result, outcome: isOpen ? 'open' : 'shut' };
    }),
  );
  return { model, services, all };
}

/** What is promised to get through, as `tcp 80`. */
function open(source: string, from: string, to: string, family: 4 | 6 = 4): readonly string[] {
  const { all, services } = judged(source);
  const cell = cellsOf(all, services).find((each) => each.from === from && each.to === to && each.family === family);
  return (cell?.promised ?? []).map((number) => {
    const service = services[number];
    return `${service?.protocol ?? ''} ${String(service?.port ?? '')}`.trim();
  });
}

const source = `[host]
uplink = eth0
ipv4 = 192.0.2.10
[network internal]
ipv4 = 10.0.3.1/24
nat = yes
[network apart]
ipv4 = 10.0.4.1/24
isolate = yes
[network wire]
type = macvlan
parent = eth0
mode = bridge
ipv4 = 192.0.2.0/24
[container web1]
id = 11
network = internal
allow-in = internal:80/tcp, host:22/tcp
[container db1]
id = 12
network = internal
allow-out = web1
[container one]
id = 13
network = apart
[container two]
id = 14
network = apart
[container near]
id = 15
network = wire
[expect db1-is-closed]
from = db1
to = outside:443/tcp
verdict = deny
`;

suite('what is promised', () => {
  it('is what allow-in and allow-out let through, on every port that is mentioned and one that is not', () => {
    expect(servicesOf(modelOf(source)).map(({ port }) => port)).toEqual([
      undefined,
      22,
      80,
      443,
      4001,
      22,
      80,
      443,
      4001,
    ]);
    expect(open(source, 'db1', 'web1')).toEqual(['tcp 80']);
    expect(open(source, 'host', 'web1')).toEqual(['tcp 22']);
    expect(open(source, 'db1', 'client')).toEqual([]);
    expect(open(source, 'web1', 'client')).toHaveLength(9);
    expect(open(source, 'client', 'db1')).toEqual([]);
  });

  it('is what types and isolation carry', () => {
    expect(open(source, 'one', 'two')).toEqual([]);
    expect(open(source, 'one', 'host')).toHaveLength(9);
    expect(open(source, 'near', 'host')).toEqual([]);
    expect(open(source, 'lan', 'near')).toHaveLength(9);
    // Without a gateway it has no way back to who is not on its wire.
    expect(open(source, 'client', 'near')).toEqual([]);
  });

  it('names the line that a difference goes against', () => {
    const { all } = judged(source, ({ way }) =>
      (way.from.name === 'db1' && way.to.name === 'web1') || (way.from.name === 'near' && way.to.name === 'host')
        ? true
        : undefined,
    );
    const problems = differenceProblems(all);
    expect(problems.map(({ where, message }) => `${String(where?.line)} ${message}`)).toEqual([
      expect.stringMatching(/^18 db1 to web1: icmp, tcp 22 443 4001, udp .* over IPv4 gets through, but must not/u),
      expect.stringMatching(
        /^11 near to host: everything over IPv4 and IPv6 gets through, but must not \(type macvlan has toHost = no\)/u,
      ),
    ]);
    expect(differencesOf(all)[0]).toMatchObject({ from: 'db1', to: 'web1', promised: 'shut', seen: 'open', line: 18 });
  });

  it('holds an expectation against what was seen, and against the policy', () => {
    const fine = judged(source);
    expect(judgeExpects(fine.model, fine.all)).toMatchObject({ reports: [{ holds: true }], problems: [] });
    const wrong = judged(source, ({ way }) => (way.from.name === 'db1' && way.to.name === 'client' ? true : undefined));
    expect(judgeExpects(wrong.model, wrong.all).problems).toMatchObject([
      { code: 'lab-expect-broken', where: { line: 32 } },
    ]);
    const other = judged(source.replace('verdict = deny', 'verdict = allow'));
    const [found] = judgeExpects(other.model, other.all).problems;
    expect(found?.hint).toMatch(/the description itself says otherwise .*: see host\.ini:22/u);
  });
});
