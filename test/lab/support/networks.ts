import type { ThrowawayHost } from '../../../src/lab/host.ts';
import type { Neighbour } from '../../../src/lab/network.ts';

/** What `ip -json` lists. Run without a shell: busybox's own takes its own `ip` for it. */
async function ipJson<T>(host: ThrowawayHost, ...words: readonly string[]): Promise<readonly T[]> {
  const { stdout, stderr, exitCode } = await host.run(['ip', '-json', ...words]);
  if (exitCode !== 0) throw new Error(`ip ${words.join(' ')}: ${stderr.trim()}`);
  return stdout.trim() === '' ? [] : (JSON.parse(stdout) as readonly T[]);
}

/** Interfaces that are ports of a bridge, sorted. */
export async function portsOf(host: ThrowawayHost, bridge: string): Promise<readonly string[]> {
  const ports = await ipJson<{ readonly ifname?: string }>(host, 'link', 'show', 'master', bridge);
  return ports.flatMap(({ ifname }) => ifname ?? []).toSorted();
}

interface Address {
  readonly local: string;
  readonly prefixlen: number;
  readonly scope: string;
}

/** Addresses of an interface with their prefix lengths, the link-local one aside. */
export async function addressesOf(host: ThrowawayHost, link: string): Promise<readonly string[]> {
  const links = await ipJson<{ readonly addr_info?: readonly Address[] }>(host, 'address', 'show', 'dev', link);
  return links
    .flatMap((entry) => entry.addr_info ?? [])
    .filter(({ scope }) => scope === 'global')
    .map(({ local, prefixlen }) => `${local}/${String(prefixlen)}`);
}

/** Whom the default route leads to, and out of which interface: `192.0.2.1 eth0`; empty where there is none. */
export async function defaultRoute(host: ThrowawayHost, family: 4 | 6 = 4): Promise<string> {
  const routes = await ipJson<{ readonly gateway: string; readonly dev: string }>(
    host,
    `-${String(family)}`,
    'route',
    'show',
    'default',
  );
  return routes.map(({ gateway, dev }) => `${gateway} ${dev}`).join(', ');
}

/** A container's own IPv6 address is not usable for a second or two, while the kernel looks for a duplicate. */
const tries = 4;

/** Whether an echo request from the host is answered, within some seconds. */
export function pings(host: ThrowawayHost, address: string): Promise<boolean> {
  return answers(host, ['busybox'], address);
}

/** The same from inside a container. */
export function pingsFrom(host: ThrowawayHost, container: string, address: string): Promise<boolean> {
  return answers(host, ['lxc-attach', '-n', container, '--'], address);
}

/** The same from a machine beside the host. */
export function reaches(host: ThrowawayHost, { namespace }: Neighbour, address: string): Promise<boolean> {
  return answers(host, ['ip', 'netns', 'exec', namespace, 'busybox'], address);
}

async function answers(host: ThrowawayHost, prefix: readonly string[], address: string): Promise<boolean> {
  for (let left = tries; left > 0; left -= 1) {
    const result = await host.run([...prefix, 'ping', '-c1', '-W1', address]);
    if (result.exitCode === 0) return true;
  }
  return false;
}
