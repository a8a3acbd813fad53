import type { ThrowawayHost } from '../../../src/lab/host.ts';
import { addContainer, type ContainerOptions } from './containers.ts';
import { must } from './service.ts';

/** A veth of a container: a line of lxc_ports, INDEX aside. */
export interface Veth {
  readonly name: string;
  /** The bridge, or `-` for router mode. */
  readonly link: string;
  readonly hostMac: string;
  readonly mac: string;
  readonly options: string;
  readonly ipv4: string;
  readonly ipv6?: string;
}

/** The line of a veth in /etc/rc-lxc/ports. */
export function portLine({ name, link, hostMac, mac, options }: Veth): string {
  return [name, link, hostMac, mac, options].join(' ');
}

function networkLines({ name, link, mac, ipv4, ipv6 }: Veth): readonly string[] {
  const how =
    link === '-'
      ? ['veth.mode = router', 'ipv4.gateway = 169.254.1.1', ...(ipv6 === undefined ? [] : ['ipv6.gateway = fe80::1'])]
      : [`link = ${link}`];
  return [
    'type = veth',
    'flags = up',
    `veth.pair = ${name}`,
    ...(mac === '-' ? [] : [`hwaddr = ${mac}`]),
    `ipv4.address = ${ipv4}`,
    ...(ipv6 === undefined ? [] : [`ipv6.address = ${ipv6}`]),
    ...how,
  ].map((line) => `lxc.net.0.${line}`);
}

/** A container with one veth, and the lines about that in its settings. Returns the service's name. */
export function addVethContainer(
  host: ThrowawayHost,
  name: string,
  veth: Veth,
  { settings = {}, config = [], ...rest }: ContainerOptions = {},
): Promise<string> {
  return addContainer(host, name, {
    settings: { lxc_ports: `0 ${portLine(veth)}`, lxc_veths: veth.name, ...settings },
    config: [...networkLines(veth), ...config],
    ...rest,
  });
}

/** A setting of a bridge's port, such as `learning`: 0 or 1. */
export function portSetting(host: ThrowawayHost, port: string, setting: string): Promise<string> {
  return must(host, `cat /sys/class/net/${port}/brport/${setting}`);
}

/** The hardware address of an interface. */
export function macOf(host: ThrowawayHost, link: string): Promise<string> {
  return must(host, `cat /sys/class/net/${link}/address`);
}

/** The forwarding entries of a bridge that somebody wrote: `MAC PORT`, sorted, each once. */
export async function staticEntries(host: ThrowawayHost, bridge: string): Promise<readonly string[]> {
  const { stdout } = await host.run(['bridge', '-json', 'fdb', 'show', 'br', bridge]);
  const entries = JSON.parse(stdout) as readonly {
    readonly mac: string;
    readonly ifname: string;
    readonly state: string;
  }[];
  const written = entries.filter(({ state }) => state === 'static').map(({ mac, ifname }) => `${mac} ${ifname}`);
  return [...new Set(written)].toSorted();
}
