import { bootThrowawayHost } from '../src/lab/host.ts';
import type { ThrowawayHost } from '../src/lab/host.ts';
import { makeBusyboxRootfs } from '../src/lab/guest.ts';
import { installShell } from '../src/lab/install.ts';
import { addNeighbour, addUplink } from '../src/lab/network.ts';
import { checkout, median, round, writeResult } from './support.ts';

/** Everybody on the wire is in here: the router outside is 192.0.2.1, the neighbour .20, the host .10. */
const onWire = { prefix: '192.0.2.0/24', host: '192.0.2.10/24', neighbour: '192.0.2.20/24' } as const;
const seconds = 1;
const rounds = 5;

interface Case {
  readonly name: string;
  /** The keys of [network n]. */
  readonly network: string;
  /** Where the host is reached by its containers; undefined where it is not. */
  readonly host?: string;
  /** Whether the bridge or macvlan takes the host's address over from its card. */
  readonly takesAddress?: boolean;
}

const cases: readonly Case[] = [
  { name: 'bridge', network: 'type = bridge\nipv4 = 10.0.3.1/24\nnat = yes', host: '10.0.3.1' },
  {
    name: 'bridge with ports',
    network: `type = bridge\nipv4 = ${onWire.host}\ngateway = 192.0.2.1\nports = eth0`,
    host: '192.0.2.10',
    takesAddress: true,
  },
  { name: 'routed', network: 'type = routed\nipv4 = 192.0.2.64/26', host: '192.0.2.10' },
  { name: 'macvlan private', network: `type = macvlan\nmode = private\nipv4 = ${onWire.prefix}\ngateway = 192.0.2.1` },
  {
    name: 'macvlan with host access',
    network: `type = macvlan\nhost-access = yes\nipv4 = ${onWire.host}\ngateway = 192.0.2.1`,
    host: '192.0.2.10',
    takesAddress: true,
  },
];

/** Unfiltered bridge, no rules at all: what the others are compared with. */
const plain: Case = { name: 'plain bridge', network: 'type = bridge\nipv4 = 10.0.3.1/24', host: '10.0.3.1' };

function source({ network }: Case, firewall: boolean): string {
  const containers = ['c1', 'c2'].map((name, index) => `[container ${name}]\nid = ${40 + index}\nnetwork = n\n`);
  return `[host]\nname = bench\nuplink = eth0\nlinks = iproute2\nfirewall = ${firewall ? 'nftables' : 'none'}\n[network n]\n${network}\n${containers.join('')}`;
}

async function prepare(host: ThrowawayHost, one: Case, firewall: boolean): Promise<void> {
  await addUplink(host, { unconfigured: one.takesAddress === true });
  await addNeighbour(host, 'near', { ipv4: onWire.neighbour, routes: ['10.0.3.0/24 via 192.0.2.10'] });
  await installShell(host, checkout);
  await host.writeFile('/etc/rc-lxc/host.ini', source(one, firewall));
  for (const name of ['c1', 'c2']) makeBusyboxRootfs(host, name, { init: 'instant' });
  await must(host, `${checkout}/bin/rc-lxc apply`);
  // Without rules nobody turns forwarding on for the plain bridge.
  await must(host, 'echo 1 >/proc/sys/net/ipv4/ip_forward; rc-service lxc.c1 start && rc-service lxc.c2 start');
  await must(
    host,
    'for ns in near; do ip netns exec $ns qperf & done; qperf & nsenter -n -t "$(lxc-info -n c2 -pH)" qperf & sleep 0.3',
  );
}

async function must(host: ThrowawayHost, script: string): Promise<string> {
  const { stdout, stderr, exitCode } = await host.run(['/bin/bash', '-c', script], { timeoutMs: 120_000 });
  if (exitCode !== 0) throw new Error(`${script}: ${stderr}${stdout}`);
  return stdout;
}

interface Figures {
  /** Gbit/s of one TCP connection. */
  readonly throughput: number;
  /** Microseconds of one way of a request of one byte: half of a round trip. */
  readonly latency: number;
}

/** One run of qperf(1) from c1, in bytes a second and nanoseconds whatever the size of the figure. */
async function measure(host: ThrowawayHost, target: string): Promise<Figures> {
  const text = await must(
    host,
    `nsenter -n -t "$(lxc-info -n c1 -pH)" qperf -t ${seconds} -v -uu ${target} tcp_bw tcp_lat`,
  );
  const value = (name: string): number =>
    Number(new RegExp(`${name}\\s+=\\s+([\\d.,]+)`, 'u').exec(text)?.[1]?.replaceAll(',', ''));
  const [bytes, latency] = [value('bw'), value('latency')];
  return { throughput: (bytes * 8) / 1e9, latency: latency / 1000 };
}

interface Target {
  readonly name: 'outside' | 'container' | 'host';
  readonly address: string;
}

async function targetsOf(host: ThrowawayHost, one: Case): Promise<readonly Target[]> {
  const listed = await must(host, `lxc-info -n c2 -iH | grep -v : | head -n 1`);
  const other = one.name === 'macvlan private' ? [] : [{ name: 'container' as const, address: listed.trim() }];
  const own = one.host === undefined ? [] : [{ name: 'host' as const, address: one.host }];
  return [{ name: 'outside', address: '192.0.2.20' }, ...other, ...own];
}

interface Running {
  readonly name: string;
  readonly host: ThrowawayHost;
  readonly targets: readonly Target[];
  readonly seen: Map<string, Figures[]>;
}

async function start(one: Case, firewall: boolean): Promise<Running> {
  const host = await bootThrowawayHost();
  try {
    await prepare(host, one, firewall);
    return { name: one.name, host, targets: await targetsOf(host, one), seen: new Map() };
  } catch (error) {
    await host.stop();
    throw error;
  }
}

/** The types against a plain bridge without rules, in turns, so that what else the machine does hits all alike. */
export async function benchNetworks(): Promise<void> {
  const running: Running[] = [];
  try {
    running.push(await start(plain, false));
    for (const one of cases) running.push(await start(one, true));
    for (let index = 0; index < rounds; index += 1) {
      for (const { host, targets, seen } of running) {
        for (const { name, address } of targets) {
          seen.set(name, [...(seen.get(name) ?? []), await measure(host, address)]);
        }
      }
    }
    const base = figures(running[0]);
    writeResult(
      'networks',
      'one TCP connection from a container: median Gbit/s and microseconds one way, and ratios to the plain bridge without rules (NAT aside: that bridge is routed to)',
      {
        rounds,
        secondsEach: seconds,
        plainBridge: base,
        types: Object.fromEntries(running.slice(1).map((one) => [one.name, ratios(figures(one), base)])),
      },
    );
  } finally {
    for (const { host } of running) await host.stop();
  }
}

type Table = Record<string, { gigabits: number; microseconds: number }>;

function figures(one: Running | undefined): Table {
  return Object.fromEntries(
    Array.from(one?.seen ?? [], ([name, all]) => [
      name,
      {
        gigabits: round(median(all.map(({ throughput }) => throughput))),
        microseconds: round(median(all.map(({ latency }) => latency))),
      },
    ]),
  );
}

/** Throughput: more is better. Latency: less is better. */
function ratios(table: Table, base: Table): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(table).map(([name, { gigabits, microseconds }]) => {
      const other = base[name];
      return [
        name,
        {
          gigabits,
          microseconds,
          throughputRatio: other && round(gigabits / other.gigabits),
          latencyRatio: other && round(microseconds / other.microseconds),
        },
      ];
    }),
  );
}
