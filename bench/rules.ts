import { join } from 'node:path';

import { makeBusyboxRootfs } from '../src/lab/guest.ts';
import { bootThrowawayHost } from '../src/lab/host.ts';
import type { ThrowawayHost } from '../src/lab/host.ts';
import { installShell } from '../src/lab/install.ts';
import { addNeighbour, addUplink } from '../src/lab/network.ts';
import { desiredTree } from '../src/outputs/index.ts';
import { nftablesPath } from '../src/outputs/paths.ts';
import { resolve } from '../src/resolve/resolve.ts';
import { parseSource } from '../src/source/parse.ts';
import { described, portOf } from './rules-policies.ts';
import type { Policies } from './rules-policies.ts';
import { compared, figureNames, frameBytes } from './rules-figures.ts';
import type { Figures } from './rules-figures.ts';
import { checkout, median, round, writeResult } from './support.ts';

const largest = 5000;
const rounds = 15;
const traffic = join(checkout, 'bench/traffic.py');

/**
 * What is compared with the rules of one container: those of one again tell how far apart equal things come out. Rules
 * of one know whom it sends to as well, with a policy of its own.
 */
const sizes = [
  ['none', 0],
  ['one', 1],
  ['one again', 1],
  ['100', 100],
  ['1000', 1000],
  ['5000', largest],
] as const;
type Size = (typeof sizes)[number][0];
const names = sizes.map(([name]) => name);

const targets = { container: '10.0.0.3', outside: '192.0.2.20' } as const;
type Target = keyof typeof targets;

/** The way out without any filter. */
const masquerade =
  'table ip plain {\n\tchain out {\n\t\ttype nat hook postrouting priority srcnat; policy accept;\n\t\toifname "eth0" masquerade\n\t}\n}\n';

function rulesFor(count: number, policies: Policies): string {
  const text = described(count, policies);
  const { model } = resolve(parseSource([{ path: 'host.ini', text }]), { netifrc: false });
  const file = model && desiredTree(model).files.find(({ path }) => path === nftablesPath);
  if (file?.kind !== 'file') throw new Error('no rules');
  return file.content;
}

async function must(host: ThrowawayHost, script: string): Promise<string> {
  const { stdout, stderr, exitCode } = await host.run(['/bin/bash', '-c', script], { timeoutMs: 120_000 });
  if (exitCode !== 0) throw new Error(`${script}: ${stderr}${stdout}`);
  return stdout;
}

const inside = (name: string): string => `nsenter -n -t "$(lxc-info -n ${name} -pH)"`;

async function prepare(host: ThrowawayHost): Promise<void> {
  await addUplink(host);
  await addNeighbour(host, 'near', { ipv4: '192.0.2.20/24' });
  await installShell(host, checkout);
  await host.writeFile('/etc/rc-lxc/host.ini', described(2, 'own'));
  for (const name of ['c0', 'c1']) makeBusyboxRootfs(host, name, { init: 'instant' });
  await must(host, `${checkout}/bin/rc-lxc apply && rc-service lxc.c0 start && rc-service lxc.c1 start`);
  // Nobody listens: without this each datagram would bring an ICMP error back, on its sender's time.
  const silent =
    'nft "add table ip quiet; add chain ip quiet input { type filter hook input priority 0; }; add rule ip quiet input udp dport 9 drop"';
  for (const where of ['ip netns exec near', inside('c1')]) {
    await must(host, `${where} ${silent}; ${where} python3 ${traffic} serve ${portOf(1)} >/dev/null 2>&1 &`);
  }
  // Without its rules packets are held.
  await must(host, 'rc-service rc-lxc-nft stop && rc-service rc-lxc-nft release');
  // What is loaded from here on is by hand: forwarding stays.
  await must(host, 'echo 1 >/proc/sys/net/ipv4/ip_forward');
  for (const [name, count] of sizes)
    await host.writeFile(rulesOf(name), count === 0 ? masquerade : rulesFor(Math.max(count, 2), 'own'));
  await host.writeFile('/root/profiles.nft', rulesFor(largest, 'profiles'));
  await host.writeFile('/root/without.nft', rulesFor(largest, 'none'));
}

const rulesOf = (name: Size): string => `/root/${name.replace(' ', '-')}.nft`;

/** Milliseconds until the rules were loaded, and of processor time. */
interface Load {
  readonly elapsed: number;
  readonly processor: number;
}

/** What was there is freed after the command that removed it: that is not to fall into what is measured. */
async function load(host: ThrowawayHost, path: string): Promise<Load> {
  const timed = `TIMEFORMAT='%R %U %S'; { time nft -f ${path}; } 2>&1`;
  const [elapsed, user, system] = (await must(host, `nft flush ruleset; sleep 0.3; ${timed}; sleep 0.3`))
    .trim()
    .split(' ')
    .map((seconds) => Number(seconds) * 1000);
  if (elapsed === undefined || user === undefined || system === undefined) throw new Error(`${path} did not load`);
  return { elapsed, processor: user + system };
}

async function measure(host: ThrowawayHost, target: Target): Promise<Figures> {
  const text = await must(host, `${inside('c0')} python3 ${traffic} measure ${targets[target]} ${portOf(1)} eth0`);
  return JSON.parse(text) as Figures;
}

interface Seen {
  readonly loads: Load[];
  readonly container: Figures[];
  readonly outside: Figures[];
}

/** Each round begins with another size: what the one before left in caches meets all alike. */
async function allRounds(host: ThrowawayHost): Promise<ReadonlyMap<Size, Seen>> {
  const seen = new Map<Size, Seen>(names.map((name) => [name, { loads: [], container: [], outside: [] }]));
  for (let index = 0; index < rounds; index += 1) {
    const first = index % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      const loaded = await load(host, rulesOf(name));
      const [container, outside] = [await measure(host, 'container'), await measure(host, 'outside')];
      seen.get(name)?.loads.push(loaded);
      seen.get(name)?.container.push(container);
      seen.get(name)?.outside.push(outside);
    }
  }
  return seen;
}

function loadFigures(loads: readonly Load[]): Record<string, number> {
  return {
    elapsedMilliseconds: round(median(loads.map(({ elapsed }) => elapsed))),
    processorMilliseconds: round(median(loads.map(({ processor }) => processor))),
  };
}

async function repeated(times: number, run: () => Promise<Load>): Promise<Record<string, number>> {
  const loads: Load[] = [];
  for (let index = 0; index < times; index += 1) loads.push(await run());
  return loadFigures(loads);
}

/** As an administrator has it loaded: the service's reload, which replaces the rules that are there. */
async function reload(host: ThrowawayHost): Promise<Load> {
  const timed = "TIMEFORMAT='%R %U %S'; { time rc-service -q rc-lxc-nft reload >/dev/null 2>&1; } 2>&1";
  const [elapsed = 0, user = 0, system = 0] = (await must(host, timed)).trim().split(' ').map(Number);
  return { elapsed: elapsed * 1000, processor: (user + system) * 1000 };
}

async function otherLoads(host: ThrowawayHost): Promise<Record<string, Record<string, number>>> {
  const profiles = await repeated(5, () => load(host, '/root/profiles.nft'));
  const without = await repeated(5, () => load(host, '/root/without.nft'));
  await must(host, `nft flush ruleset; cp ${rulesOf('5000')} ${nftablesPath}; rc-service rc-lxc-nft start`);
  const service = await repeated(5, () => reload(host));
  return {
    'policies of ten profiles': profiles,
    'no policies': without,
    'own policies, reload of the service': service,
  };
}

/** What the rules of many containers cost a packet, all sizes in turns on one host, and what it takes to load them. */
export async function benchRules(): Promise<void> {
  const host = await bootThrowawayHost();
  try {
    await prepare(host);
    // Memory that a virtual machine has never used comes slowly the first time.
    for (const name of names) await load(host, rulesOf(name));
    const seen = await allRounds(host);
    const one = seen.get('one');
    if (one === undefined) throw new Error('nothing to compare with');
    const figures = [...seen].map(([name, { loads, container, outside }]) => ({
      containers: name,
      load: loadFigures(loads),
      container: compared(container, one.container),
      outside: compared(outside, one.outside),
    }));
    writeResult(
      'rules',
      `from a container with a policy of its own to another one and to the outside, by the number of containers that have one each ("none" is no filter at all, "one again" the same rules as "one"): ${Object.values(figureNames).join('; ')}. Each with the median, the median of the ratios to "one" of the same round, and half of the range that the middle half of these ratios is in. Both ends run on one processor. And what loading takes`,
      { rounds, bytesOfAFrame: frameBytes(one.container), sizes: figures, loadsOf5000: await otherLoads(host) },
    );
  } finally {
    await host.stop();
  }
}
