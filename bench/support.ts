import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join, resolve } from 'node:path';

export const checkout = resolve(import.meta.dirname, '..');

/** The middle value; of an even number, the lower of the two. Milliseconds in, milliseconds out. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error('no values to take the median of');
  return middle;
}

/** Two decimals: more would pretend to a precision that a shared machine does not have. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function version(argv: readonly [string, ...string[]]): string {
  try {
    return execFileSync(argv[0], argv.slice(1), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'not installed';
  }
}

/** What a figure means only together with. */
export function machine(): Record<string, string | number> {
  return {
    date: new Date().toISOString().slice(0, 10),
    system: /^PRETTY_NAME="(.*)"$/mu.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown',
    kernel: release(),
    processors: cpus().length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    openrc: version(['openrc', '--version']),
    lxc: version(['lxc-start', '--version']),
    nftables: version(['nft', '--version']),
  };
}

/** Writes bench/results/NAME.json: the machine, or several by what they are called in the figures; then the figures. */
export function writeResult(name: string, what: string, figures: unknown, machines: object = machine()): void {
  const directory = join(checkout, 'bench/results');
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${name}.json`);
  writeFileSync(path, `${JSON.stringify({ what, machine: machines, figures }, undefined, 2)}\n`);
  process.stdout.write(`${name}: ${JSON.stringify(figures)}\n`);
}

/** The description of a host with `count` containers in one network; each has a few settings, as real ones do. */
export function description(count: number): string {
  const containers = Array.from({ length: count }, (_, index) => {
    const needs = index % 10 === 9 ? `needs = c${index - 1}\n` : '';
    return `[container c${index}]\nid = ${index + 2}\nuse = small\nnetwork = internal\nready-timeout = 20s\n${needs}`;
  });
  return `[host]
name = bench
uplink = eth0
links = iproute2
lxc = 5.0

[network internal]
type = bridge
ipv4 = 10.0.0.1/16
ipv6 = fd00::1/64
nat = yes

[profile small]
memory = 64M
pids = 100
autostart = no

${containers.join('\n')}`;
}
