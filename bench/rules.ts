import { makeBusyboxRootfs } from '../src/lab/guest.ts';
import { bootThrowawayHost } from '../src/lab/host.ts';
import type { ThrowawayHost } from '../src/lab/host.ts';
import { installShell } from '../src/lab/install.ts';
import { addNeighbour, addUplink } from '../src/lab/network.ts';
import { desiredTree } from '../src/outputs/index.ts';
import { nftablesPath } from '../src/outputs/paths.ts';
import { resolve } from '../src/resolve/resolve.ts';
import { parseSource } from '../src/source/parse.ts';
import { checkout, median, round, writeResult } from './support.ts';

const sizes = [1, 100, 1000, 5000] as const;
const rounds = 5;

/**
 * Sends datagrams and prints the microseconds of processor time that each took: a veth pair, a bridge and the rules are
 * all passed in the sender's own time, which what else the machine does hardly changes.
 */
const sender = `
import resource, socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect((sys.argv[1], 9))
def send(count):
    for _ in range(count):
        try: s.send(b'x' * 100)
        except OSError: pass
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
before = send(3000)
print((send(60000) - before) / 60000 * 1e6)
`;

/** Every container has a policy of its own, so that a packet passes all questions. */
function description(count: number): string {
  const containers = Array.from(
    { length: count },
    (_, index) =>
      `[container c${index}]\nid = ${index + 2}\nnetwork = n\nallow-in = any:80/tcp, any:icmp, n\nallow-out = host:53/udp, n, outside\n`,
  );
  return `[host]\nname = bench\nuplink = eth0\nlinks = iproute2\n[network n]\ntype = bridge\nipv4 = 10.0.0.1/16\nipv6 = fd00:0:0:3::1/64\nnat = yes\n${containers.join('')}`;
}

function rulesFor(count: number): string {
  const { model } = resolve(parseSource([{ path: 'host.ini', text: description(count) }]), { netifrc: false });
  const file = model && desiredTree(model).files.find(({ path }) => path === nftablesPath);
  if (file?.kind !== 'file') throw new Error('no rules');
  return file.content;
}

async function must(host: ThrowawayHost, script: string): Promise<string> {
  const { stdout, stderr, exitCode } = await host.run(['/bin/bash', '-c', script], { timeoutMs: 120_000 });
  if (exitCode !== 0) throw new Error(`${script}: ${stderr}${stdout}`);
  return stdout;
}

async function prepare(host: ThrowawayHost): Promise<void> {
  await addUplink(host);
  await addNeighbour(host, 'near', { ipv4: '192.0.2.20/24' });
  await installShell(host, checkout);
  await host.writeFile('/etc/rc-lxc/host.ini', description(2));
  for (const name of ['c0', 'c1']) makeBusyboxRootfs(host, name, { init: 'instant' });
  await must(host, `${checkout}/bin/rc-lxc apply && rc-service lxc.c0 start && rc-service lxc.c1 start`);
  // Nobody listens: without this each datagram would bring an ICMP error back, on its sender's time.
  const silent =
    'nft "add table ip quiet; add chain ip quiet input { type filter hook input priority 0; }; add rule ip quiet input udp dport 9 drop"';
  await must(host, `ip netns exec near ${silent}; nsenter -n -t "$(lxc-info -n c1 -pH)" ${silent}`);
  await must(host, 'rc-service rc-lxc-nft stop');
  await host.writeFile('/root/sender.py', sender);
  // What is loaded from here on is by hand: forwarding stays.
  await must(host, 'echo 1 >/proc/sys/net/ipv4/ip_forward');
  // The one container beside c0 that is measured with rules for one has none of its own: so both sizes know c1.
  for (const count of sizes) await host.writeFile(`/root/${count}.nft`, rulesFor(Math.max(count, 2)));
  await host.writeFile('/root/0.nft', masquerade);
}

/** The way out without any filter. */
const masquerade =
  'table ip plain {\n\tchain out {\n\t\ttype nat hook postrouting priority srcnat; policy accept;\n\t\toifname "eth0" masquerade\n\t}\n}\n';

interface Sample {
  /** Milliseconds of processor time. */
  readonly load: number;
  /** Microseconds of processor time a datagram, to another container and to the outside. */
  readonly figures: readonly number[];
}

async function measure(host: ThrowawayHost, count: number): Promise<Sample> {
  const load = await must(
    host,
    `nft flush ruleset; TIMEFORMAT='%U %S'; { time nft -f /root/${count}.nft; } 2>&1 | awk '{ print ($1 + $2) * 1000 }'`,
  );
  const figures: number[] = [];
  for (const target of [`10.0.0.3`, '192.0.2.20']) {
    figures.push(Number(await must(host, `nsenter -n -t "$(lxc-info -n c0 -pH)" python3 /root/sender.py ${target}`)));
  }
  return { load: Number(load), figures };
}

/** What the rules of many containers cost a packet, all sizes in turns on one host. */
export async function benchRules(): Promise<void> {
  const host = await bootThrowawayHost();
  try {
    await prepare(host);
    const samples = new Map<number, Sample[]>([0, ...sizes].map((count) => [count, []]));
    for (let index = 0; index < rounds; index += 1) {
      for (const [count, all] of samples) all.push(await measure(host, count));
    }
    const middle = (count: number, at: number): number =>
      median((samples.get(count) ?? []).map(({ figures }) => figures[at] ?? 0));
    const figures = [0, ...sizes].map((count) => ({
      containers: count,
      loadMilliseconds: round(median((samples.get(count) ?? []).map(({ load }) => load))),
      container: side(count, 0, middle),
      outside: side(count, 1, middle),
    }));
    writeResult(
      'rules',
      'a datagram of 100 bytes from a container with a policy, by the number of containers that have one: median microseconds of processor time and the ratio to the rules of one; 0 is no filter at all; and milliseconds of processor time to load the rules',
      { rounds, sizes: figures },
    );
  } finally {
    await host.stop();
  }
}

function side(count: number, at: number, middle: (count: number, at: number) => number): Record<string, number> {
  return { microseconds: round(middle(count, at)), ratio: round(middle(count, at) / middle(1, at)) };
}
