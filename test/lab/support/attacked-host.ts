import { startEndpoint, type Endpoint } from '../../../src/lab/endpoint.ts';
import type { ThrowawayHost } from '../../../src/lab/host.ts';
import { addNeighbour, addUplink } from '../../../src/lab/network.ts';
import type { HostModel, NicModel } from '../../../src/resolve/model.ts';
import { describeHost } from './describe-host.ts';
import { initPid, must, rc } from './service.ts';

/** A network whose containers attack, and what is special about it. */
export interface AttackedNetwork {
  /** Lines of its section. */
  readonly lines: readonly string[];
  /** The host's interface that speaks to the containers, and its addresses; none where they do not reach it. */
  readonly host?: { readonly link: string; readonly ipv4: string; readonly ipv6: string; readonly linkLocal?: string };
  /** The host's card is a port of the network's bridge. */
  readonly holdsCard?: boolean;
}

const inner = ['type = bridge', 'ipv4 = 10.0.3.1/24', 'ipv6 = fd00:0:0:3::1/64'];
const innerHost = { link: 'br-net', ipv4: '10.0.3.1', ipv6: 'fd00:0:0:3::1' };
const onWire = ['ipv4 = 192.0.2.10/24', 'ipv6 = 2001:db8::10/64'];
const hostOnWire = { ipv4: '192.0.2.10', ipv6: '2001:db8::10' };
const macvlan = ['type = macvlan', 'parent = eth0', 'ipv4 = 192.0.2.0/24', 'ipv6 = 2001:db8::/64'];

export const attackedNetworks = {
  inner: { lines: inner, host: innerHost },
  'inner-dhcp': { lines: [...inner, 'dhcp = yes'], host: innerHost },
  ports: {
    lines: ['type = bridge', 'ports = eth0', ...onWire],
    host: { ...hostOnWire, link: 'br-net' },
    holdsCard: true,
  },
  routed: {
    lines: ['type = routed', 'ipv4 = 192.0.2.32/28', 'ipv6 = 2001:db8::1:0/112'],
    host: { ...hostOnWire, link: 'bad-eth0', linkLocal: 'fe80::1' },
  },
  'macvlan-private': { lines: [...macvlan, 'mode = private'] },
  'macvlan-bridge': { lines: [...macvlan, 'mode = bridge'] },
} as const satisfies Record<string, AttackedNetwork>;

/** Whom frames are for: where to send them, and what it answers to. */
export interface Station {
  readonly endpoint: Endpoint;
  /** What is sniffed at. */
  readonly interface: string;
  readonly mac: string;
  readonly ipv4: string;
  readonly ipv6: string;
  readonly linkLocal: string;
}

export interface AttackedHost {
  readonly host: ThrowawayHost;
  readonly model: HostModel;
  /** Root in the container `bad`. */
  readonly bad: Station;
  readonly victim: Station;
  readonly near: Station;
  /** Where the containers reach it. */
  readonly own?: Station;
  /** Everything that comes out of the host's card, whomever it is for. */
  readonly wire: Endpoint;
}

const nearMac = '02:00:00:00:00:20';

export interface AttackedOptions {
  /** Lines of the sections of the two containers. */
  readonly bad?: readonly string[];
  readonly victim?: readonly string[];
  /** Lines of [network net] and of [host]. */
  readonly network?: readonly string[];
  readonly general?: readonly string[];
}

function description(
  network: AttackedNetwork,
  { bad = [], victim = [], network: more = [], general = [] }: AttackedOptions,
): string {
  const addresses = network.holdsCard === true ? [] : ['ipv4 = 192.0.2.10', 'ipv6 = 2001:db8::10'];
  const sections: readonly (readonly [string, ...(readonly string[])[]])[] = [
    ['host', ['name = excelsior', 'uplink = eth0', 'links = iproute2'], addresses, general],
    ['network net', network.lines, more],
    ['container bad', ['id = 3', 'network = net'], bad],
    ['container victim', ['id = 4', 'network = net'], victim],
  ];
  return sections.map(([name, ...lines]) => [`[${name}]`, ...lines.flat(), ''].join('\n')).join('\n');
}

/** Lets a kernel believe what it is told, at once. */
const trust = `
for d in all eth0; do
	for k in ipv4/conf/$d/accept_redirects=1 ipv4/conf/$d/secure_redirects=0 ipv4/conf/$d/accept_source_route=1 \
		ipv6/conf/$d/accept_ra=1 ipv6/conf/$d/accept_redirects=1 ipv6/conf/$d/suppress_frag_ndisc=0 ipv6/conf/$d/seg6_enabled=1 \
		ipv4/neigh/$d/locktime=0; do
		[ ! -e "/proc/sys/net/\${k%=*}" ] || echo "\${k#*=}" >"/proc/sys/net/\${k%=*}"
	done
done`;

/** A host with the network, two containers on it, and a machine beside the host, all with agents that listen. */
export async function attackedHost(
  host: ThrowawayHost,
  network: AttackedNetwork,
  options: AttackedOptions = {},
): Promise<AttackedHost> {
  const noDad = 'echo 0 >/proc/sys/net/ipv6/conf/all/accept_dad; echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad';
  // Where it is 1, connection tracking of level 3 hides what the rules of bridges alone would let through.
  const bridgesAlone = 'for f in /proc/sys/net/bridge/bridge-nf-call-*; do [ ! -e "$f" ] || echo 0 >"$f"; done';
  await must(host, `${noDad}; ${bridgesAlone}`);
  await addUplink(host, { unconfigured: network.holdsCard === true });
  await addNeighbour(host, 'near', { ipv4: '192.0.2.20/24', ipv6: '2001:db8::20/64', mac: nearMac });
  const { model } = await describeHost(host, description(network, options));
  for (const { service } of model.containers) {
    const answer = await rc(host, service, 'start');
    if (answer.exitCode !== 0) throw new Error(answer.text);
  }
  const nics = new Map(model.containers.map(({ name, nics: all }) => [name, all[0]]));
  const [bad, victim] = await Promise.all(
    ['bad', 'victim'].map(async (name) => {
      const pid = await initPid(host, name);
      await must(host, 'nsenter --target="$1" --net sh -c "$2"', String(pid), trust);
      return containerStation(nics.get(name), await startEndpoint(host, { pid, root: name === 'bad' }));
    }),
  );
  await must(host, 'ip netns exec near sh -c "$1"', trust);
  const near: Station = {
    endpoint: await startEndpoint(host, { namespace: 'near' }),
    interface: 'eth0',
    mac: nearMac,
    ipv4: '192.0.2.20',
    ipv6: '2001:db8::20',
    linkLocal: 'fe80::ff:fe00:20',
  };
  const wire = await startEndpoint(host, { namespace: 'outside' });
  const own = network.host === undefined ? undefined : await hostStation(host, network.host);
  for (const [token, station] of Object.entries({ victim, near, ...(own === undefined ? {} : { own }) })) {
    await station?.endpoint.listen({ token, tcp: [80, 22], udp: [9, 53, 68, 111, 546] });
  }
  if (bad === undefined || victim === undefined) throw new Error('no containers');
  return { host, model, bad, victim, near, wire, ...(own === undefined ? {} : { own }) };
}

function containerStation(nic: NicModel | undefined, endpoint: Endpoint): Station {
  if (nic === undefined) throw new Error('no interface');
  return {
    endpoint,
    interface: 'eth0',
    mac: nic.mac,
    ipv4: nic.ipv4?.address ?? '',
    ipv6: nic.ipv6?.address ?? '',
    linkLocal: nic.linkLocal,
  };
}

async function hostStation(host: ThrowawayHost, own: NonNullable<AttackedNetwork['host']>): Promise<Station> {
  const linkLocal = `ip -6 -o address show dev "$1" scope link | sed 's/.*inet6 //; s,/.*,,'`;
  return {
    linkLocal: await must(host, linkLocal, own.link),
    ...own,
    endpoint: await startEndpoint(host, 'host'),
    interface: own.link,
    mac: await must(host, 'cat "/sys/class/net/$1/address"', own.link),
  };
}
