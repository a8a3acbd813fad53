import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../src/base/errors.ts';
import type { Direction, Speed } from '../src/docs/network-figures.ts';
import { bootThrowawayHost } from '../src/lab/host.ts';
import type { ThrowawayHost } from '../src/lab/host.ts';
import { adapt, neededOptions } from '../src/lab/prove/adapt.ts';
import { writeDescribed } from '../src/lab/prove/describe.ts';
import { tryKernel } from '../src/lab/prove/kernel.ts';
import { partiesOf, targetsOf } from '../src/lab/prove/parties.ts';
import type { Party, Side } from '../src/lab/prove/parties.ts';
import { promisesOf } from '../src/lab/prove/promise.ts';
import { raiseWorld } from '../src/lab/prove/raise.ts';
import { installScripts } from '../src/lab/prove/scripts.ts';
import { startAll } from '../src/lab/prove/start.ts';
import { Routes } from '../src/lab/prove/ways.ts';
import type { Way } from '../src/lab/prove/ways.ts';
import { planWorld } from '../src/lab/prove/world.ts';
import type { World } from '../src/lab/prove/world.ts';
import { typeOf } from '../src/networks/index.ts';
import type { Reach } from '../src/networks/types.ts';
import type { HostFacts, HostModel } from '../src/resolve/model.ts';
import { checkout } from './support.ts';

const traffic = ['/usr/bin/python3', join(checkout, 'bench/traffic.py')] as const;
const port = 5001;

/** Who is met in a direction (outside, the machine beside the host), and what a type says of that. */
const met: Readonly<Record<Direction, { readonly side: Side; readonly key: keyof Reach }>> = {
  outside: { side: 'neighbour', key: 'toOutside' },
  host: { side: 'host', key: 'toHost' },
  container: { side: 'container', key: 'containers' },
};

/** A host that runs, and whom its first container reaches. */
export interface Running {
  readonly directions: readonly Direction[];
  measure(direction: Direction, seconds: number): Promise<Speed>;
  stop(): Promise<void>;
}

/** What the running kernel has of what models need, as the lab tries it. */
export type KernelTrial = Awaited<ReturnType<typeof tryKernel>>;

export async function tryFor(models: readonly HostModel[]): Promise<KernelTrial> {
  const [first] = models;
  if (first === undefined) throw new Error('no model to try the kernel for');
  const host = await bootThrowawayHost();
  try {
    return await tryKernel(host, { ...first, networks: models.flatMap(({ networks }) => networks) });
  } finally {
    await host.stop();
  }
}

/** Whether the kernel has all that a model needs, what it can do without included: a form is measured as it is meant. */
export function isWhole({ networks }: HostModel, { has }: KernelTrial): boolean {
  return networks.every((network) => neededOptions(network).every((option) => has(option)));
}

/** Boots a host with all that it has around it, and starts its containers. `plain`: without any promise or rule. */
export async function startHost(
  described: HostModel,
  facts: HostFacts,
  kernel: KernelTrial,
  plain: boolean,
): Promise<Running> {
  const host = await bootThrowawayHost();
  try {
    const { model } = adapt(described, {
      lxc: facts.installedLxc ?? described.host.lxc,
      netifrc: false,
      has: kernel.has,
    });
    const world = worldOf(model, kernel.vlans);
    await raiseWorld(host, world);
    await installScripts(host);
    await writeDescribed(host, model);
    // No rules and no service turn it on.
    if (plain) await host.sh('echo 1 >/proc/sys/net/ipv4/ip_forward');
    const { problems, inits } = await startAll(host, model);
    if (problems.length > 0) throw new UserError(problems);
    const parties = partiesOf(model, world, inits);
    const from = parties.find(({ side }) => side === 'container');
    if (from === undefined) throw new Error('no container runs');
    const ways = waysFrom(from, model, world, parties, plain);
    for (const { to } of ways.values()) await serve(host, to);
    const running: Running = {
      directions: [...ways.keys()],
      measure: (direction, seconds) => measure(host, from, ways.get(direction), seconds),
      stop: () => host.stop(),
    };
    // Whatever is learned on the way is learned now, and what answers to nobody is found before anything is measured.
    for (const direction of running.directions) await running.measure(direction, 0.1);
    return running;
  } catch (error) {
    await host.stop();
    throw error;
  }
}

/** The lab's, but that the outside has a route to a prefix that is on no wire, as where a card takes no part in ARP. */
function worldOf(model: HostModel, vlans: boolean): World {
  const networks = model.networks.map((network) => {
    const { parent: _parent, ...inner } = network;
    return typeOf(network).isOnWire(network) ? network : inner;
  });
  return planWorld({ ...model, networks }, { vlans });
}

/** The first way in each direction; of those outside the one on the network's own wire. */
function waysFrom(
  from: Party,
  model: HostModel,
  world: World,
  parties: readonly Party[],
  plain: boolean,
): ReadonlyMap<Direction, Way> {
  const promise = promisesOf(model, () => ({ file: '', line: 1 }));
  const ways = new Routes(model, world, new Set())
    .ways(parties, targetsOf(model, world, parties, new Map()))
    .filter((way) => way.from === from && way.target.family === 4)
    // Nothing is promised of a bridge without rules, and all gets through.
    .filter((way) => plain || promise(way, { protocol: 'tcp', port }).open === true);
  const own = (way: Way): number => ((way.to.segment?.networks.length ?? 0) > 0 ? 0 : 1);
  return new Map(
    Object.entries(met).flatMap(([direction, { side, key }]): [Direction, Way][] => {
      const [found] = ways
        // Where only a router outside brings one back to the host, the type does not reach it.
        .filter(
          (way) =>
            way.to.side === side && [...way.conditions, ...(way.forwarded ?? [])].some((each) => each.key === key),
        )
        .toSorted((one, two) => own(one) - own(two));
      return found === undefined ? [] : [[direction as Direction, found]];
    }),
  );
}

function at({ place }: Party, argv: readonly string[]): readonly string[] {
  if (place === 'host') return argv;
  const net = 'namespace' in place ? `--net=/run/netns/${place.namespace}` : `--net=/proc/${String(place.pid)}/ns/net`;
  return ['nsenter', net, ...argv];
}

/** Resolves when it listens. */
async function serve(host: ThrowawayHost, party: Party): Promise<void> {
  const child = host.spawn(at(party, [...traffic, 'serve', String(port)]));
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const ended = once(child, 'exit').then(() => true);
  if ((await Promise.race([once(child.stdout, 'data'), ended])) === true)
    throw new Error(`${party.name} does not serve: ${said.trim()}`);
}

/** A moment of the machine's in which nothing gets through is no figure: it is tried again. */
const triesEach = 5;

async function measure(host: ThrowawayHost, from: Party, way: Way | undefined, seconds: number): Promise<Speed> {
  if (way === undefined) throw new Error('no way there');
  const argv = at(from, [...traffic, 'speed', way.address, String(port), String(seconds)]);
  let said = '';
  for (let count = 0; count < triesEach; count += 1) {
    const { exitCode, stdout, stderr } = await host.run(argv, { timeoutMs: 60_000 + 4000 * seconds });
    if (exitCode === 0) return JSON.parse(stdout) as Speed;
    said = stderr.trim().split('\n').at(-1) ?? '';
    await setTimeout(500);
  }
  throw new Error(`${from.name} to ${way.to.name} at ${way.address}: ${said}`);
}
