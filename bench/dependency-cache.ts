import { bootThrowawayHost } from '../src/lab/host.ts';
import type { ThrowawayHost } from '../src/lab/host.ts';
import { installShell } from '../src/lab/install.ts';
import { checkout, description, median, round, writeResult } from './support.ts';

const rounds = 7;
const sizes = [10, 100, 1000] as const;

/** bash has a clock of its own: no process is started to read it. */
const timer = `
at() { now=\${EPOCHREALTIME/[.,]/}; }
at; began=$now; rc-update -u >/dev/null 2>&1 || exit 1; at; echo $((now - began))
`;

/** Milliseconds of one rebuild. */
async function rebuild(host: ThrowawayHost): Promise<number> {
  const { stdout, exitCode, stderr } = await host.run(['/bin/bash', '-c', timer], { timeoutMs: 300_000 });
  if (exitCode !== 0) throw new Error(`rc-update -u failed: ${stderr}`);
  return Number(stdout) / 1000;
}

/** Two hosts that differ in their services alone, in turns: what else the machine does meets both. */
async function compare(count: number): Promise<{ ours: number; empty: number }> {
  const hosts = await Promise.all([bootThrowawayHost(), bootThrowawayHost()]);
  const [one, other] = hosts;
  try {
    for (const host of hosts) await installShell(host, checkout);
    await generated(one, count);
    await withoutDepend(other, count);
    const times = { ours: [] as number[], empty: [] as number[] };
    for (let index = 0; index < rounds; index += 1) {
      times.ours.push(await rebuild(one));
      times.empty.push(await rebuild(other));
    }
    return { ours: median(times.ours), empty: median(times.empty) };
  } finally {
    await Promise.all(hosts.map((host) => host.stop()));
  }
}

async function generated(host: ThrowawayHost, count: number): Promise<void> {
  await host.writeFile('/etc/rc-lxc/host.ini', description(count));
  const { exitCode, stderr } = await host.run([`${checkout}/bin/rc-lxc`, 'apply'], { timeoutMs: 300_000 });
  if (exitCode !== 0) throw new Error(stderr);
}

async function withoutDepend(host: ThrowawayHost, count: number): Promise<void> {
  const script = `for i in $(seq 0 ${count - 1}); do printf '#!/sbin/openrc-run\\nstart() {\\n\\t:\\n}\\n' >/etc/init.d/lxc.c$i; chmod 755 /etc/init.d/lxc.c$i; done`;
  const { exitCode, stderr } = await host.sh(script, { timeoutMs: 120_000 });
  if (exitCode !== 0) throw new Error(stderr);
}

/** The dependency cache with generated services against as many scripts that have no depend() at all. */
export async function benchDependencyCache(): Promise<void> {
  const figures: Record<string, unknown>[] = [];
  for (const count of sizes) {
    const { ours, empty } = await compare(count);
    figures.push({
      containers: count,
      emptyMilliseconds: round(empty),
      generatedMilliseconds: round(ours),
      ratio: round(ours / empty),
    });
  }
  writeResult(
    'dependency-cache',
    'rc-update -u with generated services, as a ratio to scripts without depend()',
    figures,
  );
}
