import { cardPairs, moveCard } from '../cards.ts';
import type { ThrowawayHost } from '../host.ts';
import type { Segment, World } from './world.ts';
import { addressOf, isIn } from './world.ts';

/** The namespaces of the router and of the client behind it; those of the neighbours have their segment's name. */
export const routerNamespace = 'outside';
export const clientNamespace = 'client';

/**
 * Both ends of a pair must not have the same index, each in its namespace: the kernel takes them for no pair, and may
 * wait a second before it notices their carrier (net/core/link_watch.c).
 */
const firstIndex = 1000;

/**
 * Without the second that duplicate address detection takes, and without holding on to cards for closed connections that
 * nobody answers; $1 says whether it forwards.
 */
const settle = `
cd /proc/sys/net && echo 0 >ipv6/conf/all/accept_dad && echo 0 >ipv6/conf/default/accept_dad &&
echo 1 >ipv4/tcp_orphan_retries &&
echo "$1" >ipv4/ip_forward && echo "$1" >ipv6/conf/all/forwarding`;

/**
 * Makes what is around a host: its cards, the wires, the machines on them. Tells whether all of the cards filter
 * addresses, as those of our virtual machine do.
 */
export async function raiseWorld(host: ThrowawayHost, world: World): Promise<{ readonly realCards: boolean }> {
  const neighbours = world.segments.map(({ name }) => name);
  const names = [routerNamespace, clientNamespace, ...neighbours];
  await ip(
    host,
    [],
    names.map((name) => `netns add ${name}`),
  );
  await Promise.all(names.map((name) => settleNamespace(host, name, name === routerNamespace)));
  const realCards = await plugCards(host, world);
  await ip(host, ['-netns', routerNamespace], router(world));
  await Promise.all([
    ip(host, ['-netns', clientNamespace], client(world)),
    ...world.segments.map((segment) => ip(host, ['-netns', segment.name], neighbour(world, segment))),
    ip(host, [], own(world)),
  ]);
  return { realCards };
}

async function settleNamespace(host: ThrowawayHost, name: string, forwards: boolean): Promise<void> {
  const argv = ['ip', 'netns', 'exec', name, '/bin/sh', '-c', settle, 'sh', forwards ? '1' : '0'];
  must(await host.run(argv));
}

function wiresOf({ segments }: World): readonly { readonly card: string; readonly wire: string }[] {
  return [...new Map(segments.map(({ card, wire }) => [card, { card, wire }])).values()];
}

/** On the host: the cards, with their other ends at the router; up, and still without addresses. */
async function plugCards(host: ThrowawayHost, world: World): Promise<boolean> {
  const pairs = cardPairs();
  const wires = wiresOf(world);
  const lines: string[] = [];
  for (const [at, { card, wire }] of wires.entries()) {
    const real = pairs[at];
    if (real === undefined) {
      lines.push(
        `link add ${card} index ${String(firstIndex + at)} type veth peer name ${wire}p netns ${routerNamespace}`,
      );
    } else {
      await moveCard(real.card, { pid: host.pid, name: card });
      await moveCard(real.wire, { pid: host.pid, name: `${wire}p` });
      lines.push(`link set ${wire}p netns ${routerNamespace}`);
    }
    lines.push(`link set ${card} up`);
  }
  await ip(host, [], lines);
  return pairs.length >= wires.length;
}

function router(world: World): readonly string[] {
  const { segments, transit } = world;
  return [
    'link set lo up',
    `link add transit index ${String(firstIndex + 500)} type veth peer name eth0 netns ${clientNamespace}`,
    'link set transit up',
    ...transit.map((pair) => `address add ${pair.router} dev transit`),
    ...wiresOf(world).flatMap(({ wire }) => [
      `link add ${wire} type bridge forward_delay 0`,
      `link set ${wire} up`,
      `link set ${wire}p master ${wire} up`,
    ]),
    ...segments.flatMap((segment) => routed(segment)),
    ...world.behind.map(({ prefix, via }) => `route add ${prefix} via ${via}`),
  ];
}

/** The router in a segment, and the port of the machine beside the host. */
function routed(segment: Segment): readonly string[] {
  const { name, wire } = segment;
  return [
    ...tagged(segment, wire, name),
    `link add ${name}n master ${wire} type veth peer name eth0 netns ${name}`,
    `link set ${name}n up`,
    ...segment.router.map((address) => `address add ${address} dev ${name}`),
  ];
}

/** The interface of a segment's VLAN on one of its wire. */
function tagged({ vlan }: Segment, wire: string, name: string): readonly string[] {
  if (vlan === undefined) return [];
  return [`link add ${name} link ${wire} type vlan id ${String(vlan)}`, `link set ${name} up`];
}

function client({ transit }: World): readonly string[] {
  return [
    'link set lo up',
    'link set eth0 up',
    ...transit.map((pair) => `address add ${pair.client} dev eth0`),
    ...transit.map((pair) => `route add default via ${addressOf(pair.router)}`),
  ];
}

/** A machine beside the host: it knows the way to what is behind the host, and the router for the rest. */
function neighbour({ behind }: World, segment: Segment): readonly string[] {
  const dev = neighbourInterface(segment);
  const gateways = [false, true].flatMap(
    (six) => segment.router.find((address) => address.includes(':') === six) ?? [],
  );
  const near = behind.filter(({ via }) => segment.host.some((address) => addressOf(address) === via));
  return [
    'link set lo up',
    'link set eth0 up',
    ...tagged(segment, 'eth0', dev),
    ...segment.neighbour.map((address) => `address add ${address} dev ${dev}`),
    ...gateways
      .filter((gateway) => segment.neighbour.some((address) => isIn(gateway, addressOf(address))))
      .map((gateway) => `route add default via ${addressOf(gateway)}`),
    ...near.map(({ prefix, via }) => `route add ${prefix} via ${via}`),
  ];
}

/** The interface of the machine beside the host. */
export function neighbourInterface({ vlan }: Segment): string {
  return vlan === undefined ? 'eth0' : `eth0.${String(vlan)}`;
}

/** The host's own addresses, as its network has them before ours starts. */
function own({ segments, gateways }: World): readonly string[] {
  return [
    ...segments.flatMap(({ card, vlan, hostInterface }) =>
      vlan === undefined || hostInterface === undefined
        ? []
        : [`link add ${hostInterface} link ${card} type vlan id ${String(vlan)}`, `link set ${hostInterface} up`],
    ),
    ...segments.flatMap(({ host, hostInterface }) =>
      hostInterface === undefined ? [] : host.map((address) => `address add ${address} dev ${hostInterface}`),
    ),
    ...gateways.map(({ address, dev }) => `route add default via ${address} dev ${dev}`),
  ];
}

async function ip(host: ThrowawayHost, flags: readonly string[], lines: readonly string[]): Promise<void> {
  must(await host.run(['ip', ...flags, '-batch', '-'], { input: `${lines.join('\n')}\n` }));
}

function must(result: { readonly exitCode: number; readonly stderr: string }): void {
  if (result.exitCode !== 0) throw new Error(`the network around the throw-away host: ${result.stderr.trim()}`);
}
