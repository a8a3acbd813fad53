import type { ThrowawayHost } from '../../../src/lab/host.ts';
import { addContainer, configure } from './containers.ts';
import { must } from './service.ts';

/** A link that is in no description. Returns the service's name. */
export async function addLink(
  host: ThrowawayHost,
  name: string,
  settings: Readonly<Record<string, string>>,
): Promise<string> {
  const service = `rc-lxc-link.${name}`;
  await must(host, `ln -sf rc-lxc-link /etc/init.d/${service}`);
  await configure(host, service, settings);
  return service;
}

/** What the kernel says about an interface's kind, such as `macvlan mode bridge`. */
export async function kindOf(host: ThrowawayHost, link: string): Promise<string> {
  const { stdout } = await host.run(['ip', '-d', '-o', 'link', 'show', 'dev', link]);
  return stdout;
}

/** Flags of an interface: IFF_… of include/uapi/linux/if.h. */
async function flagsOf(host: ThrowawayHost, link: string): Promise<number> {
  return Number(await must(host, `cat /sys/class/net/${link}/flags`));
}

export const isUp = async (host: ThrowawayHost, link: string): Promise<boolean> =>
  ((await flagsOf(host, link)) & 1) !== 0;

/** Also when the kernel has made it so, which `ip link` does not show. */
export const isPromiscuous = async (host: ThrowawayHost, link: string): Promise<boolean> =>
  ((await flagsOf(host, link)) & 0x1_00) !== 0;

/** A card that is down. No shell calls `ip`: busybox's may take its own. */
export async function addCard(host: ThrowawayHost, name: string): Promise<void> {
  const lines = [`link add ${name} type veth peer name ${name}-far`, `link set ${name}-far up`];
  await host.run(['ip', '-batch', '-'], { input: lines.join('\n') });
}

/** A container with a macvlan of its own on a parent. */
export function addMacvlanContainer(host: ThrowawayHost, name: string, parent: string, ipv4: string): Promise<string> {
  return addContainer(host, name, {
    config: ['type = macvlan', `link = ${parent}`, 'macvlan.mode = bridge', 'flags = up', `ipv4.address = ${ipv4}`].map(
      (line) => `lxc.net.0.${line}`,
    ),
  });
}
