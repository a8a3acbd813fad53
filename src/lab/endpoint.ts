import { startAgent, type Agent } from './agent.ts';
import type { Attack, AttackReport, RogueDhcp } from './attacks.ts';
import type { ThrowawayHost } from './host.ts';
import type {
  FloodOptions,
  FloodReport,
  FlowOptions,
  FlowReport,
  ListenFailure,
  ListenOptions,
  Probe,
  ProbeOptions,
  ProbeResult,
  Seen,
  SniffOptions,
  SniffReport,
} from './probes.ts';
import type { EndpointState, StateOptions } from './state.ts';

export type { Attack, AttackReport, Victim } from './attacks.ts';
export type * from './probes.ts';
export type * from './state.ts';

/**
 * Where an endpoint is: the host itself; a network namespace that `ip netns` inside the host knows; or that of a process,
 * by its number in the host, such as a container's init. With `root`, it also enters the process's user namespace, and is
 * root as a program in the container is, with all capabilities there and none outside: for attacks.
 */
export type Place = 'host' | { readonly namespace: string } | { readonly pid: number; readonly root?: boolean };

/** Something that goes on at an endpoint until it is stopped, and can be asked how it is going. */
interface Running<Report> {
  report(): Promise<Report>;
  /** The last report. */
  stop(): Promise<Report>;
}

/** One agent at one place of the network. Requests may overlap, and each takes what it takes. */
export interface Endpoint {
  /** The agent's process, as the host counts. */
  readonly pid: number;
  /** Serves TCP and UDP ports on all addresses of both families; returns those that could not be had. */
  listen(options: ListenOptions): Promise<readonly ListenFailure[]>;
  /** Who asked those ports so far; `clear` forgets them. */
  seen(options?: { readonly clear?: boolean }): Promise<readonly Seen[]>;
  /** All at once, in as many results in the same order. */
  probe(probes: readonly Probe[], options?: ProbeOptions): Promise<readonly ProbeResult[]>;
  /** Opens a TCP connection to an agent that listens, and keeps numbers going round; resolves once it stands or has failed. */
  flow(options: FlowOptions): Promise<Running<FlowReport>>;
  /** Sends datagrams for a time; resolves after it. */
  flood(options: FloodOptions): Promise<FloodReport>;
  /** Sends the frames of an attack, over and over, for a time; resolves after it. */
  floodFrames(attack: Attack, options: Pick<FloodOptions, 'durationMs' | 'perSecond'>): Promise<FloodReport>;
  /** Watches an interface from when it resolves on. */
  sniff(options: SniffOptions): Promise<Running<SniffReport>>;
  /** Sends the frames of each in turn. */
  attack(attacks: readonly Attack[]): Promise<readonly AttackReport[]>;
  /** Answers every DHCP client that is heard on the interface. */
  rogueDhcp(options: RogueDhcp): Promise<Running<{ readonly asked: number; readonly acknowledged: number }>>;
  state(options?: StateOptions): Promise<EndpointState>;
  /** Runs ip(8) at the endpoint, with its rights: `ip('address', 'add', '10.0.3.99/24', 'dev', 'eth0')`. */
  ip(...words: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }>;
  /** Ends the agent. While it runs, a network namespace stays, even when all else in it has gone. */
  close(): Promise<void>;
}

/** Starts an agent; it ends with the host, with the process whose namespaces it entered, and with this one. */
export async function startEndpoint(host: ThrowawayHost, place: Place): Promise<Endpoint> {
  const life = typeof place === 'object' && 'pid' in place ? place.pid : undefined;
  const agent = await startAgent(host, entering(place), life);
  return {
    pid: agent.pid,
    listen: async (options) => (await agent.ask<{ failed: readonly ListenFailure[] }>('listen', options)).failed,
    seen: (options = {}) => agent.ask('seen', options),
    probe: (probes, options) => probe(agent, probes, options),
    flow: (options) => running(agent, 'flow', { intervalMs: 10, timeoutMs: 2000, ...options }),
    flood: (options) => agent.ask('flood', options, options.durationMs),
    floodFrames: (attack, options) => agent.ask('flood', { ...attack, ...options }, options.durationMs),
    sniff: (options) => running(agent, 'sniff', options),
    attack: (attacks) => agent.ask('attack', { attacks }),
    rogueDhcp: (options) => running(agent, 'dhcp', options),
    state: (options = {}) => agent.ask('state', options),
    ip: (...words) => agent.ask('ip', { words }),
    close: () => agent.close(),
  };
}

/** The mount namespace stays the host's, where the agent and its Python are. */
function entering(place: Place): readonly string[] {
  if (place === 'host') return [];
  if ('namespace' in place) return ['nsenter', `--net=/run/netns/${place.namespace}`];
  const user = place.root === true ? ['--user'] : [];
  return ['nsenter', `--target=${String(place.pid)}`, ...user, '--net'];
}

function probe(agent: Agent, probes: readonly Probe[], options: ProbeOptions = {}): Promise<readonly ProbeResult[]> {
  const { timeoutMs = 300, retries = 1, atOnce } = options;
  const longest = Math.max(timeoutMs, ...probes.map((each) => each.timeoutMs ?? 0));
  const rounds = atOnce === undefined ? 1 : Math.ceil(probes.length / atOnce);
  const expectedMs = 2 * longest * (retries + 1) * rounds;
  return agent.ask('probe', { probes, timeoutMs, retries, atOnce }, expectedMs);
}

async function running<Report>(agent: Agent, name: string, options: object): Promise<Running<Report>> {
  const number = await agent.begin(name, options);
  return { report: () => agent.ask('report', { of: number }), stop: () => agent.ask('stop', { of: number }) };
}
