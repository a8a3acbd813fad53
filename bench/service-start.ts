import { makeBusyboxRootfs } from '../src/lab/guest.ts';
import { bootThrowawayHost } from '../src/lab/host.ts';
import type { ThrowawayHost } from '../src/lab/host.ts';
import { installShell } from '../src/lab/install.ts';
import { addUplink } from '../src/lab/network.ts';
import { checkout, median, round, writeResult } from './support.ts';

const rounds = 31;

const emptyService = '#!/sbin/openrc-run\nstart() {\n\t:\n}\nstop() {\n\t:\n}\n';

/** bash has a clock of its own: no process is started to read it. Prints `NAME MICROSECONDS` a line. */
const loop = `
at() { now=\${EPOCHREALTIME/[.,]/}; }
timed() { name=$1; shift; at; began=$now; "$@" >/dev/null 2>&1 || { echo "failed: $*" >&2; exit 1; }; at; echo "$name $((now - began))"; }
for round in $(seq ${rounds}); do
	timed bare lxc-start -n c0
	lxc-stop -k -n c0 >/dev/null 2>&1
	timed empty rc-service empty start
	rc-service empty stop >/dev/null 2>&1
	timed service rc-service lxc.c0 start
	timed stop rc-service lxc.c0 stop
	timed supervised rc-service lxc.c1 start
	rc-service lxc.c1 stop >/dev/null 2>&1
done
`;

const host2 = `[host]
name = bench
uplink = eth0
links = iproute2

[network internal]
type = bridge
ipv4 = 10.0.0.1/24
nat = yes

[container c0]
id = 2
network = internal

[container c1]
id = 3
network = internal
restart = always
`;

async function prepare(host: ThrowawayHost): Promise<void> {
  await addUplink(host);
  await installShell(host, checkout);
  await host.writeFile('/etc/rc-lxc/host.ini', host2);
  await host.writeFile('/etc/init.d/empty', emptyService, 0o755);
  const applied = await host.run([`${checkout}/bin/rc-lxc`, 'apply'], { timeoutMs: 60_000 });
  if (applied.exitCode !== 0) throw new Error(applied.stderr);
  for (const name of ['c0', 'c1']) makeBusyboxRootfs(host, name);
  // The bridge and the firewall are up, the dependency cache is fresh: what is timed is the container's own start.
  await host.sh(
    'rc-update -u; rc-service lxc.c0 start && rc-service lxc.c0 stop; rc-service empty start; rc-service empty stop',
    { timeoutMs: 60_000 },
  );
}

/** A container's service against a bare lxc-start and an empty service, in turns, in one throw-away host. */
export async function benchServiceStart(): Promise<void> {
  const host = await bootThrowawayHost();
  try {
    await prepare(host);
    const { stdout, stderr, exitCode } = await host.run(['/bin/bash', '-c', loop], { timeoutMs: 300_000 });
    if (exitCode !== 0) throw new Error(stderr);
    const times = new Map<string, number[]>();
    for (const line of stdout.trim().split('\n')) {
      const [name = '', microseconds] = line.split(' ');
      times.set(name, [...(times.get(name) ?? []), Number(microseconds) / 1000]);
    }
    const of = (name: string) => median(times.get(name) ?? []);
    writeResult(
      'service-start',
      'median milliseconds of a start, and ratios; the bound is 3 bare starts and one empty service',
      {
        rounds,
        bareLxcStartMilliseconds: round(of('bare')),
        emptyServiceMilliseconds: round(of('empty')),
        serviceStartMilliseconds: round(of('service')),
        supervisedStartMilliseconds: round(of('supervised')),
        serviceStopMilliseconds: round(of('stop')),
        serviceToBare: round(of('service') / of('bare')),
        serviceToEmpty: round(of('service') / of('empty')),
        serviceToBound: round(of('service') / (3 * of('bare') + of('empty'))),
        supervisedToBound: round(of('supervised') / (3 * of('bare') + of('empty'))),
      },
    );
  } finally {
    await host.stop();
  }
}
