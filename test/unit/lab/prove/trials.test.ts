import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe as suite, expect, it } from 'vitest';
import { groupBy } from '../../../../src/base/group.ts';
import { partiesOf, targetsOf } from '../../../../src/lab/prove/parties.ts';
import { serviceText, servicesOf } from '../../../../src/lab/prove/services.ts';
import { trialsOf } from '../../../../src/lab/prove/trials.ts';
import { Routes } from '../../../../src/lab/prove/ways.ts';
import type { Way } from '../../../../src/lab/prove/ways.ts';
import { planWorld } from '../../../../src/lab/prove/world.ts';
import { modelOf } from './support.ts';

const example = readFileSync(join(import.meta.dirname, '../../../../examples/networks/host.ini'), 'utf8');

function planned(source: string) {
  const model = modelOf(source);
  const world = planWorld(model, { vlans: true });
  const parties = partiesOf(model, world, new Map(model.containers.map(({ name }, at) => [name, at + 2])));
  const services = servicesOf(model);
  const routes = new Routes(model, world, new Set(['eth0']));
  const ways = routes.ways(parties, targetsOf(model, world, parties, new Map()));
  const trials = trialsOf(model, ways, services);
  const tried = new Map(
    Array.from(
      groupBy(trials, ({ way }) => way),
      ([way, own]) => [way, own.map(({ service }) => serviceText(service))],
    ),
  );
  return { model, services, ways, trials, tried };
}

suite('what is tried', () => {
  const { model, services, ways, trials, tried } = planned(example);
  const unnamed = 'tcp 4001';
  const triedOn = (way: Way): readonly string[] => tried.get(way) ?? [];

  it('has ICMP, TCP and UDP on every way, on a port that nobody mentions', () => {
    expect(ways.length).toBeGreaterThan(200);
    for (const way of ways) expect(triedOn(way)).toEqual(expect.arrayContaining(['icmp', unnamed, 'udp 4001']));
  });

  it('has every line of a container from everybody to it, and from it to everybody', () => {
    const missing = model.containers.flatMap(({ name, allowIn = [], allowOut = [] }) => {
      const ports = [...allowIn, ...allowOut].flatMap((line) => line.ports ?? []);
      const due = ports.flatMap(({ first, last }) => [`tcp ${String(first)}`, `udp ${String(last)}`]);
      const own = ways.filter(({ from, to }) => from.name === name || to.name === name);
      return own.flatMap((way) => due.filter((service) => !triedOn(way).includes(service)));
    });
    expect(missing).toEqual([]);
  });

  it('has what is expected where it is', () => {
    const bob = ways.filter(({ from, to }) => from.name === 'bob' && to.name === 'db1');
    expect(bob.length).toBeGreaterThan(0);
    for (const way of bob) expect(triedOn(way)).toContain('tcp 5432');
    const alice = ways.filter(({ from, to }) => from.name === 'alice' && to.name === 'bob');
    for (const way of alice) expect(triedOn(way)).toContain('tcp 80');
  });

  it('has every port somewhere between two that do not mention it, and no more than a third or so of all', () => {
    const own = new Set(['web1', 'db1', 'tinderbox', 'proxy', 'mail']);
    const silent = ways.filter(({ from, to }) => !own.has(from.name) && !own.has(to.name));
    const seen = new Set(silent.flatMap(triedOn));
    expect(services.map(serviceText).filter((service) => !seen.has(service))).toEqual([]);
    expect(trials.length).toBeLessThan(ways.length * services.length * 0.4);
  });

  it('is alike for those of one network', () => {
    const fields = ['fast1', 'fast2'].map((name) =>
      ways.filter(({ from, to }) => from.name === 'files' && to.name === name).map(triedOn),
    );
    expect(fields[0]).toEqual(fields[1]);
  });
});
