/**
 * Run inside the virtual machine, whose kernel's log is nobody else's: what of the containers' packets is written there.
 * Prints a line of JSON for each scene: its name, and the lines of the log that it made.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { startEndpoint, type Endpoint } from '../../../src/lab/endpoint.ts';
import { bootThrowawayHost, type ThrowawayHost } from '../../../src/lab/host.ts';
import { addNeighbour, addUplink } from '../../../src/lab/network.ts';
import { describeHost } from './describe-host.ts';
import { initPid, must, rc } from './service.ts';

const source = (more: string): string => `
[host]
name = excelsior
uplink = eth0
links = iproute2
${more}

[network internal]
type = bridge
ipv4 = 10.0.3.1/24

[network apart]
type = routed
ipv4 = 10.0.4.0/24

[network shared]
type = macvlan
mode = private
parent = eth0
ipv4 = 192.0.2.0/24

[profile plain]
user-namespace = no

[container loud]
id = 11
use = plain
network = internal
allow-out = quiet:80/udp

[container quiet]
id = 12
use = plain
network = internal

[container limited]
id = 13
use = plain
network = internal
allow-out = host:80/udp

[container lone]
id = 21
use = plain
network = apart
allow-out = host:80/udp

[container card]
id = 31
use = plain
network = shared
allow-out = any:80/udp
`;

const names = ['loud', 'quiet', 'limited', 'lone', 'card'] as const;
type Name = (typeof names)[number];

/** Where each speaks to: who takes port 80 of it, and refuses port 9. */
const peers = {
  loud: '10.0.3.12',
  quiet: '10.0.3.11',
  limited: '10.0.3.1',
  lone: '192.0.2.10',
  card: '192.0.2.20',
} as const satisfies Record<Name, string>;

const floodMs = 5000;

/** Namespaces' packets are only logged where a machine is told so; this one is ours. */
function startLog(): void {
  writeFileSync('/proc/sys/net/netfilter/nf_log_all_netns', '1');
}

function takeLog(): string[] {
  const text = execFileSync('dmesg', ['--read-clear', '--notime'], { encoding: 'utf8' });
  return text.split('\n').filter((line) => line.includes('rc-lxc'));
}

async function startAll(host: ThrowawayHost): Promise<ReadonlyMap<Name, Endpoint>> {
  const agents = new Map<Name, Endpoint>();
  for (const name of names) {
    const started = await rc(host, `lxc.${name}`, 'start');
    if (started.exitCode !== 0) throw new Error(started.text);
    agents.set(name, await startEndpoint(host, { pid: await initPid(host, name) }));
  }
  return agents;
}

async function scene(host: ThrowawayHost, name: string, act: () => Promise<unknown>): Promise<void> {
  takeLog();
  await act();
  await must(host, 'sleep 0.3');
  process.stdout.write(`${JSON.stringify([name, takeLog()])}\n`);
}

async function scenes(more: string, label: string): Promise<void> {
  const host = await bootThrowawayHost();
  await addUplink(host);
  await addNeighbour(host, 'near', { ipv4: '192.0.2.20/24' });
  await describeHost(host, source(more));
  const agents = await startAll(host);
  for (const [name, agent] of agents) {
    const address = peers[name];
    await scene(host, `${label} ${name} allowed`, () => agent.probe([{ kind: 'udp', address, port: 80 }]));
    if (name !== 'quiet')
      await scene(host, `${label} ${name} forbidden`, () => agent.probe([{ kind: 'udp', address, port: 9 }]));
  }
  const forged = { attack: 'foreign-ipv4', interface: 'eth0', source: '10.0.3.77', marker: 'forged' } as const;
  const victim = { mac: 'ff:ff:ff:ff:ff:ff', address: '10.0.3.1' };
  await scene(
    host,
    `${label} quiet forged`,
    () => agents.get('quiet')?.attack([{ ...forged, victim }]) ?? Promise.reject(),
  );
  await scene(host, `${label} loud flood`, async () => {
    const flooding = agents.get('loud')?.flood({ address: peers.loud, port: 9, durationMs: floodMs, perSecond: 500 });
    await must(host, 'sleep 2');
    await agents.get('limited')?.probe([{ kind: 'udp', address: peers.loud, port: 9 }]);
    await flooding;
  });
  await host.stop();
}

startLog();
await scenes('', 'logged');
await scenes('log-drops = no', 'silent');
