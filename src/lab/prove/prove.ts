import { problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import { problemsToJson } from '../../base/report.ts';
import type { KernelOption } from '../../networks/types.ts';
import type { HostFacts, HostModel } from '../../resolve/model.ts';
import { startEndpoint } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { bootThrowawayHost } from '../host.ts';
import { slowness } from '../machine.ts';
import type { ThrowawayHost } from '../host.ts';
import { adapt } from './adapt.ts';
import { assaultAll } from './assault.ts';
import type { Field } from './assault.ts';
import type { Adapted } from './adapt.ts';
import { reachOfBare } from './bare.ts';
import { cellsOf, differenceProblems, differencesOf, isMissing, reachOf } from './compare.ts';
import type { Judged } from './compare.ts';
import { writeDescribed } from './describe.ts';
import { judgeExpects } from './expects.ts';
import { tryKernel } from './kernel.ts';
import { askForLeases } from './leases.ts';
import { machineOf } from './machine-report.ts';
import { partiesOf, targetsOf } from './parties.ts';
import type { Party, States } from './parties.ts';
import { sendAll } from './probe.ts';
import type { Seen } from './probe.ts';
import { promiscuityOf } from './promiscuity.ts';
import { promisesOf } from './promise.ts';
import type { PlaceOf } from './promise.ts';
import { raiseWorld } from './raise.ts';
import { reportVersion } from './report.ts';
import type { AttackRow, LabReport, PromiscuityReport } from './report.ts';
import { installScripts } from './scripts.ts';
import { servicesOf } from './services.ts';
import type { Service } from './services.ts';
import { awaitAddresses } from './settle.ts';
import { startAll } from './start.ts';
import { Stopwatch } from './stopwatch.ts';
import { trialsOf } from './trials.ts';
import { Routes } from './ways.ts';
import { planWorld } from './world.ts';

export interface Subject {
  readonly model: HostModel;
  readonly facts: HostFacts;
  /** Where keys stand in the description. */
  readonly place: PlaceOf;
  /** Of rc-lxc itself. */
  readonly version: string;
}

export interface ProveOptions {
  /** Whether root in each container attacks. */
  readonly attacks: boolean;
  readonly step: (text: string) => void;
  /** For tests: what is done to the host once everything has started. */
  readonly tamper?: (host: ThrowawayHost) => Promise<void>;
}

/** Where attacks send datagrams to: an ICMP error in answer would carry the marker on, to whoever it names. */
const attacked = [9, 546];

/** Everybody in place, and his agent. */
interface Scene {
  readonly adapted: Adapted;
  readonly parties: readonly Party[];
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly states: States;
  readonly routes: Routes;
  readonly services: readonly Service[];
  /** Ports that something else than the agent serves. */
  readonly taken: ReadonlySet<string>;
  readonly realCards: boolean;
  readonly has: (option: KernelOption) => boolean;
}

/** Runs a description in a throw-away host, sends the packets, and tells what differs from what is promised. */
export async function prove(subject: Subject, options: ProveOptions): Promise<LabReport> {
  const watch = new Stopwatch();
  const { step } = options;
  step('booting a throw-away host');
  const host = await bootThrowawayHost();
  try {
    watch.lap('boot');
    const problems: Problem[] = [];
    const scene = await setScene(host, subject, problems, watch, step);
    await options.tamper?.(host);
    step('sending packets');
    const judged = await judge(subject, scene, slowness());
    watch.lap('probes');
    step('attacking');
    const more = await attackAndLook(subject, scene, options);
    watch.lap('attacks');
    // With agents in its namespaces the host would be slow to end.
    await Promise.all([...scene.endpoints.values()].map((endpoint) => endpoint.close()));
    return await reportOf(host, subject, scene, { judged, ...more, problems: [...problems, ...more.problems] }, watch);
  } finally {
    await host.stop();
  }
}

/** What was found, all of it. */
interface Found {
  readonly judged: readonly Judged[];
  readonly attacks: readonly AttackRow[];
  readonly promiscuity: readonly PromiscuityReport[];
  readonly problems: readonly Problem[];
}

async function attackAndLook(
  { place }: Subject,
  { adapted, parties, endpoints, states, routes, realCards, has }: Scene,
  { attacks }: ProveOptions,
): Promise<Omit<Found, 'judged'>> {
  const field: Field = { model: adapted.model, world: routes.world, parties, endpoints, states, place };
  const cards = await promiscuityOf(field, realCards, has);
  const assaults = attacks ? await assaultAll(field) : { rows: [], problems: [] };
  return { attacks: assaults.rows, promiscuity: cards.rows, problems: [...assaults.problems, ...cards.problems] };
}

async function setScene(
  host: ThrowawayHost,
  { model, facts }: Subject,
  problems: Problem[],
  watch: Stopwatch,
  step: (text: string) => void,
): Promise<Scene> {
  const kernel = await tryKernel(host, model);
  const machine = { lxc: facts.installedLxc ?? model.host.lxc, netifrc: facts.netifrc === true, has: kernel.has };
  const adapted = adapt(model, machine);
  const world = planWorld(adapted.model, { vlans: kernel.vlans });
  const { realCards } = await raiseWorld(host, world);
  await installScripts(host);
  await writeDescribed(host, adapted.model);
  watch.lap('set up');
  step('starting services');
  const started = await startAll(host, adapted.model);
  problems.push(...started.problems, ...(await askForLeases(host, adapted.model)));
  watch.lap('start');
  const parties = partiesOf(adapted.model, world, started.inits);
  const services = servicesOf(model);
  const { endpoints, taken } = await startAgents(host, parties, services);
  const states = await awaitAddresses(parties, endpoints);
  watch.lap('agents');
  const hostLinks = new Set(states.get('host')?.links.map(({ ifname }) => ifname));
  return {
    adapted,
    parties,
    endpoints,
    states,
    routes: new Routes(adapted.model, world, hostLinks),
    services,
    taken,
    realCards,
    has: kernel.has,
  };
}

function takenKey(party: string, { protocol, port }: Service): string {
  return [party, protocol, port].join(' ');
}

async function startAgents(
  host: ThrowawayHost,
  parties: readonly Party[],
  services: readonly Service[],
): Promise<Pick<Scene, 'endpoints' | 'taken'>> {
  const taken = new Set<string>();
  const ports = (wanted: string): number[] =>
    services.flatMap(({ protocol, port }) => (protocol === wanted && port !== undefined ? [port] : []));
  const pairs = parties.map(async ({ name, place }): Promise<[string, Endpoint]> => {
    const endpoint = await startEndpoint(host, place);
    const failed = await endpoint.listen({ token: name, tcp: ports('tcp'), udp: [...ports('udp'), ...attacked] });
    for (const { kind, port } of failed) taken.add(takenKey(name, { protocol: kind, port }));
    return [name, endpoint];
  });
  return { endpoints: new Map(await Promise.all(pairs)), taken };
}

/** What is promised to get through and does not is tried once more, with more time. */
async function judge({ place }: Subject, scene: Scene, slow: number): Promise<readonly Judged[]> {
  const { adapted, parties, endpoints, states, routes, services, taken } = scene;
  const targets = targetsOf(adapted.model, routes.world, parties, states);
  const ways = routes.ways(parties, targets);
  const trials = trialsOf(adapted.model, ways, services);
  const promise = promisesOf(adapted.model, place);
  const withPromise = (seen: Seen): Judged => {
    const promised = promise(seen.way, seen.service);
    const isServed =
      promised.open === true && seen.outcome === 'shut' && taken.has(takenKey(seen.way.to.name, seen.service));
    // A program of the host's own has the port, and answers whom it wants.
    return { ...seen, promised: isServed ? { ...promised, open: undefined } : promised };
  };
  const first = (await sendAll(endpoints, trials, { slow })).map(withPromise);
  const missing = first.filter(isMissing);
  if (missing.length === 0) return first;
  const again = (await sendAll(endpoints, missing, { again: true, slow })).map(withPromise);
  return [...first.filter((each) => !isMissing(each)), ...again];
}

async function reportOf(
  host: ThrowawayHost,
  { model, version }: Subject,
  { adapted, parties, services, states }: Scene,
  { judged, problems, attacks, promiscuity }: Found,
  watch: Stopwatch,
): Promise<LabReport> {
  const expects = judgeExpects(adapted.model, judged);
  const lacking = adapted.lacking.map(({ network, option }) =>
    problem('lab-kernel-lacks', `${network.name}: this kernel has no ${option.name}: ${option.why}`, {
      where: network.where,
      hint: 'rc-lxc lab --vm runs it in a virtual machine; the host itself needs the option, or the module',
    }),
  );
  const all = [...problems, ...lacking, ...expects.problems, ...differenceProblems(judged)];
  const machine = await machineOf(host, version);
  watch.lap('rest');
  return {
    version: reportVersion,
    source: model.source,
    proven: all.length === 0,
    machine,
    notes: adapted.notes,
    parties: parties.map(({ name, side }) => ({
      name,
      side,
      networks:
        side === 'container' ? (adapted.model.containerByName.get(name)?.nics ?? []).map((nic) => nic.network) : [],
    })),
    services: services.map(({ protocol, port }) => (port === undefined ? protocol : `${protocol} ${String(port)}`)),
    cells: cellsOf(judged, services),
    reach: [...reachOf(judged), ...reachOfBare(adapted.model, states)],
    differences: differencesOf(judged),
    expects: expects.reports,
    promiscuity,
    attacks,
    unproven: adapted.lacking.map(({ network }) => network.name),
    problems: problemsToJson(all),
    seconds: watch.seconds(),
    probes: judged.length,
  };
}
