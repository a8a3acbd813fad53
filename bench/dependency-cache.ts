import { bootThrowawayHost } from '../src/lab/host.ts';
import type { ThrowawayHost } from '../src/lab/host.ts';
import { installShell } from '../src/lab/install.ts';
import { checkout, description, median, round, writeResult } from './support.ts';

const rounds = 7;
const sizes = [10, 100, 1000] as const;

const timer = `
at() { now=\${EPOCHREALTIME/[.,]/}; }
for round in $(seq ${rounds}); do at; began=$now; rc-update -u >/dev/null 2>&1 || exit 1; at; echo $((now - began)); done
`;

async function timeCache(host: ThrowawayHost): Promise<number> {
  const { stdout, exitCode, stderr } = await host.run(['/bin/bash', '-c', timer], { timeoutMs: 300_000 });
  if (exitCode !== 0) throw new Error(`rc-update -u failed: ${stderr}`);
  return median(
    stdout
      .trim()
      .split('\n')
      .map((line) => Number(line) / 1000),
  );
}

/** Milliseconds of `rc-update -u` with what `fill` puts into /etc/init.d. */
async function measure(fill: (host: ThrowawayHost) => Promise<void>): Promise<number> {
  const host = await bootThrowawayHost();
  try {
    await installShell(host, checkout);
    await fill(host);
    return await timeCache(host);
  } finally {
    await host.stop();
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
    const ours = await measure((host) => generated(host, count));
    const empty = await measure((host) => withoutDepend(host, count));
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
