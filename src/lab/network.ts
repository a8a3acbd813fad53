import { moveCard, type CardPair } from './cards.ts';
import type { RunOptions, RunResult, ThrowawayHost } from './host.ts';

/** Another machine: a network namespace, which `ip netns` inside the host knows. */
export interface Neighbour {
  readonly namespace: string;
  run(argv: readonly string[], options?: RunOptions): Promise<RunResult>;
}

/** The router behind the host's network card. */
export interface Uplink extends Neighbour {
  /** The host's network card. */
  readonly interface: string;
  readonly hostIpv4: string;
  readonly hostIpv6: string;
  readonly routerIpv4: string;
  readonly routerIpv6: string;
}

export interface UplinkOptions {
  /** The name of the host's network card; eth0 by default. */
  readonly interface?: string;
  /** The card's hardware address; the kernel picks one by default. */
  readonly mac?: string;
  /** Leaves the card without addresses and routes, for a bridge that is to have them. */
  readonly unconfigured?: boolean;
  /** Two real cards, for a host that must show what a card filters: the host's and its wire. A veth pair by default. */
  readonly cards?: CardPair;
}

export interface NeighbourOptions {
  /** Addresses with their prefix length, such as 192.0.2.20/24. */
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly mac?: string;
  /** What follows `ip route add`: `10.0.3.0/24 via 192.0.2.10`. */
  readonly routes?: readonly string[];
  /** A bridge of the host to be attached to, instead of the segment behind the uplink. */
  readonly bridge?: string;
}

const router = 'outside';
const segment = 'lan';

/**
 * When both ends of a veth pair have the same index, each in its namespace, the kernel takes them for no pair and may
 * wait a second before it notices their carrier (net/core/link_watch.c): so ours is out of the way of counted ones.
 */
const cardIndex = '1000';

/**
 * Gives the host a network card whose other end lies in the namespace `outside`, on a segment that neighbours join.
 * The router there is 192.0.2.1 and 2001:db8::1; the host is 192.0.2.10/24 and 2001:db8::10/64, with default routes.
 * The addresses are those set aside for documentation (RFC 5737, RFC 3849): no real network is ever meant.
 */
export async function addUplink(host: ThrowawayHost, options: UplinkOptions = {}): Promise<Uplink> {
  const card = options.interface ?? 'eth0';
  await addNamespace(host, router, true);
  await addCard(host, card, options);
  await ip(
    host,
    ['-netns', router],
    [
      `link add ${segment} type bridge forward_delay 0`,
      `link set ${segment} up`,
      `link set uplink master ${segment} up`,
      `address add 192.0.2.1/24 dev ${segment}`,
      `address add 2001:db8::1/64 dev ${segment} nodad`,
    ],
  );
  if (options.unconfigured !== true) {
    await ip(
      host,
      [],
      [
        `address add 192.0.2.10/24 dev ${card}`,
        `address add 2001:db8::10/64 dev ${card} nodad`,
        'route add default via 192.0.2.1',
        'route add default via 2001:db8::1',
      ],
    );
  }
  return {
    namespace: router,
    interface: card,
    hostIpv4: '192.0.2.10',
    hostIpv6: '2001:db8::10',
    routerIpv4: '192.0.2.1',
    routerIpv6: '2001:db8::1',
    run: (argv, runOptions) => inNamespace(host, router, argv, runOptions),
  };
}

/** The host's card, up, and its other end as `uplink` in the router's namespace. */
async function addCard(host: ThrowawayHost, card: string, { cards, mac }: UplinkOptions): Promise<void> {
  if (cards === undefined) {
    await ip(
      host,
      [],
      [`link add ${card} index ${cardIndex}${address(mac)} type veth peer name uplink netns ${router}`],
    );
  } else {
    await moveCard(cards.card, { pid: host.pid, name: card, ...(mac === undefined ? {} : { mac }) });
    await moveCard(cards.wire, { pid: host.pid, name: 'uplink' });
    await ip(host, [], [`link set uplink netns ${router}`]);
  }
  await ip(host, [], [`link set ${card} up`]);
}

/**
 * Puts a machine with one card, eth0, beside the host: on the segment behind its uplink, which must be there, or on a
 * bridge of the host.
 * `name` is its namespace, and its port on the segment or bridge: 15 characters at most, and not one that is taken.
 */
export async function addNeighbour(
  host: ThrowawayHost,
  name: string,
  options: NeighbourOptions = {},
): Promise<Neighbour> {
  await addNamespace(host, name, false);
  const { bridge = segment } = options;
  await ip(host, options.bridge === undefined ? ['-netns', router] : [], [
    `link add ${name} master ${bridge} type veth peer name eth0${address(options.mac)} netns ${name}`,
    `link set ${name} up`,
  ]);
  await ip(
    host,
    ['-netns', name],
    [
      'link set eth0 up',
      ...[options.ipv4, options.ipv6]
        .filter((value) => value !== undefined)
        .map((value) => `address add ${value} dev eth0`),
      ...(options.routes ?? []).map((route) => `route add ${route}`),
    ],
  );
  return { namespace: name, run: (argv, runOptions) => inNamespace(host, name, argv, runOptions) };
}

/** Runs a program in a network namespace of the host. */
function inNamespace(
  host: ThrowawayHost,
  namespace: string,
  argv: readonly string[],
  options?: RunOptions,
): Promise<RunResult> {
  return host.run(['ip', 'netns', 'exec', namespace, ...argv], options);
}

const settle = `
cd /proc/sys/net && echo 0 >ipv6/conf/all/accept_dad && echo 0 >ipv6/conf/default/accept_dad &&
echo 1 >ipv4/tcp_orphan_retries &&
echo "$1" >ipv4/ip_forward && echo "$1" >ipv6/conf/all/forwarding`;

/**
 * With `lo` up, without the second that IPv6 duplicate address detection takes, and without holding on to cards for closed
 * connections that nobody answers. No shell calls `ip`: where that is
 * busybox's, it may take its own `ip`, which knows no namespaces.
 */
async function addNamespace(host: ThrowawayHost, name: string, forwards: boolean): Promise<void> {
  must(await host.run(['ip', 'netns', 'add', name]));
  must(await host.run(['ip', '-netns', name, 'link', 'set', 'lo', 'up']));
  must(await inNamespace(host, name, ['/bin/sh', '-c', settle, 'sh', forwards ? '1' : '0']));
}

async function ip(host: ThrowawayHost, flags: readonly string[], lines: readonly string[]): Promise<void> {
  must(await host.run(['ip', ...flags, '-batch', '-'], { input: lines.join('\n') }));
}

function must(result: RunResult): void {
  if (result.exitCode !== 0) throw new Error(`the network of the throw-away host: ${result.stderr.trim()}`);
}

function address(mac: string | undefined): string {
  return mac === undefined ? '' : ` address ${mac}`;
}
