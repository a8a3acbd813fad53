import { expect, vi } from 'vitest';
import {
  startEndpoint,
  type Attack,
  type AttackReport,
  type Endpoint,
  type EndpointState,
  type SniffOptions,
  type Victim,
} from '../../../src/lab/endpoint.ts';
import type { ThrowawayHost } from '../../../src/lab/host.ts';
import { addNeighbour } from '../../../src/lab/network.ts';
import { must } from './service.ts';

/** Agents on a bridge that holds nobody back: root of a user namespace, and those it attacks. */
export interface AttackSegment {
  /** Its card is eth0, its port on the bridge `bad`. */
  readonly bad: Endpoint;
  readonly victim: Endpoint;
  readonly peer: Endpoint;
  /** The host, which is the gateway 10.9.0.254 and fe80::ff:fe00:fe of the others, on br0. */
  readonly gateway: Endpoint;
}

export const eth0 = { interface: 'eth0' } as const;

const mac = (last: string): string => `02:00:00:00:00:${last}`;

export const badMac = mac('66');
export const victimIs: Victim = { mac: mac('02'), address: '10.9.0.2' };
export const victimIs6: Victim = { mac: mac('02'), address: 'fd09::2' };
export const peerIs: Victim = { mac: mac('03'), address: '10.9.0.3' };

/** A process with networks and users of its own, as a container's init is; prints its number. */
const newRoot = `
unshare --user --net sleep 1000 >/dev/null 2>&1 & pid=$!
until [ "$(readlink "/proc/$pid/ns/user")" != "$(readlink /proc/self/ns/user)" ] && [ "$(cat "/proc/$pid/comm")" = sleep ]; do sleep 0.01; done
echo '0 100000 65536' >"/proc/$pid/uid_map" && echo '0 100000 65536' >"/proc/$pid/gid_map" && echo "$pid"`;

/** Lets the victim of that namespace believe what it is told, at once. */
const trust = `
sysctl -qw net.ipv4.neigh.eth0.locktime=0 net.ipv4.conf.all.accept_redirects=1 net.ipv4.conf.eth0.accept_redirects=1 \
	net.ipv4.conf.eth0.secure_redirects=0 net.ipv4.conf.all.accept_source_route=1 net.ipv4.conf.eth0.accept_source_route=1 \
	net.ipv6.conf.eth0.accept_ra=1 net.ipv6.conf.eth0.autoconf=1 net.ipv6.conf.eth0.accept_redirects=1 \
	net.ipv6.conf.eth0.suppress_frag_ndisc=0 net.ipv6.conf.all.seg6_enabled=1 net.ipv6.conf.eth0.seg6_enabled=1`;

export async function attackSegment(host: ThrowawayHost): Promise<AttackSegment> {
  await must(host, 'ip link add br0 address "$1" type bridge forward_delay 0 && ip link set br0 up', mac('fe'));
  await must(host, 'ip address add 10.9.0.254/24 dev br0 && ip address add fd09::fe/64 dev br0 nodad');
  for (const [name, number] of [
    ['victim', '2'],
    ['peer', '3'],
  ] as const) {
    const addresses = { ipv4: `10.9.0.${number}/24`, ipv6: `fd09::${number}/64`, mac: mac(`0${number}`) };
    await addNeighbour(host, name, { bridge: 'br0', ...addresses });
    await must(host, 'exec ip netns exec "$1" sh -c "$2"', name, trust);
    await must(host, 'ip -netns "$1" route add default via 10.9.0.254', name);
    await must(host, 'ip -netns "$1" route add default via fe80::ff:fe00:fe dev eth0', name);
  }
  const pid = await must(host, newRoot);
  await must(host, 'ip link add bad master br0 type veth peer name eth0 address "$2" netns "$1"', pid, badMac);
  await must(host, 'ip link set bad up');
  const [bad, victim, peer, gateway] = await Promise.all([
    startEndpoint(host, { pid: Number(pid), root: true }),
    startEndpoint(host, { namespace: 'victim' }),
    startEndpoint(host, { namespace: 'peer' }),
    startEndpoint(host, 'host'),
  ]);
  for (const words of [
    'link set eth0 up',
    'address add 10.9.0.66/24 dev eth0',
    'address add fd09::66/64 dev eth0 nodad',
  ])
    await bad.ip(...words.split(' '));
  await untilUp({ bad, victim, peer, gateway });
  for (const [token, endpoint] of Object.entries({ victim, peer }))
    await endpoint.listen({ token, tcp: [80], udp: [9, 68, 546] });
  return { bad, victim, peer, gateway };
}

/** Waits until both ends of every pair send, and the bridge hands on what its ports get: before, frames are lost. */
async function untilUp({ gateway, ...inside }: AttackSegment): Promise<void> {
  const isPort = { linkinfo: { info_slave_data: { state: 'forwarding' } } };
  await vi.waitFor(async () => {
    const ports = (await gateway.state()).links;
    for (const [name, endpoint] of Object.entries(inside)) {
      expect(ports.find(({ ifname }) => ifname === name)).toMatchObject({ operstate: 'UP', ...isPort });
      const card = (await endpoint.state()).links.find(({ ifname }) => ifname === 'eth0');
      expect(card).toMatchObject({ operstate: 'UP' });
    }
  }, 10_000);
}

/** What tests of attacks do over and over. */
export function attackTools(segment: () => AttackSegment) {
  /** Sends it, and sees that all of it left. */
  const attack = async (each: Attack): Promise<AttackReport> => {
    const [report] = await segment().bad.attack([each]);
    expect(report).toMatchObject({ errors: {} });
    expect(report?.sent).toBeGreaterThan(0);
    return report as AttackReport;
  };
  const until = async (what: (state: EndpointState) => void, options = {}): Promise<void> =>
    vi.waitFor(async () => what(await segment().victim.state(options)), 10_000);
  const neighbour = (state: EndpointState, address: string): string | undefined =>
    state.neighbours.find(({ dst }) => dst === address)?.lladdr;
  /** Waits for the marker in a datagram that reached one of the servers of an endpoint. */
  const delivered = (endpoint: Endpoint, marker: string) =>
    vi.waitFor(async () => {
      const found = (await endpoint.seen()).find(({ markers }) => markers.includes(marker));
      expect(found).toBeDefined();
      return found;
    }, 10_000);
  /** How many frames with the marker an endpoint sees while the attack is sent, and the first of them. */
  const seenBy = async (endpoint: Endpoint, each: Attack, options: Partial<SniffOptions> = {}) => {
    const sniffer = await endpoint.sniff({ ...eth0, ...options });
    await attack(each);
    await vi.waitFor(async () => expect((await sniffer.report()).markers).toHaveProperty([each.marker]), 10_000);
    const report = await sniffer.stop();
    return report.frames.find(({ marker }) => marker === each.marker);
  };

  return { attack, until, neighbour, delivered, seenBy };
}
