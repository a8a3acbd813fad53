import { newestSupported, parseVersion } from '../lxc/version.ts';
import type { Description } from './description.ts';
import type { HostFacts, HostSettings } from './model.ts';

/**
 * [host] with its defaults. What it leaves open the machine answers: `lxc` is the installed one, `links` is netifrc where
 * that is installed, `cgroup1` what is mounted. Where the machine is silent too (rendering elsewhere): the newest LXC
 * that is supported, iproute2, cgroup v2 alone.
 */
export function hostSettings({ host }: Description, facts: HostFacts): HostSettings {
  const domain = host.get('domain', 'domain');
  return {
    name: host.must('name', 'name'),
    ...(domain === undefined ? {} : { domain }),
    uplinks: host.get('uplink', 'interface-list') ?? [],
    ipv4: host.get('ipv4', 'ipv4-address-list') ?? [],
    ipv6: host.get('ipv6', 'ipv6-address-list') ?? [],
    links: host.has('links')
      ? host.oneOf('links', ['netifrc', 'iproute2'])
      : facts.netifrc === true
        ? 'netifrc'
        : 'iproute2',
    firewall: host.oneOf('firewall', ['nftables', 'none']),
    lxc: lxcVersion(host.get('lxc', 'version'), facts.installedLxc),
    cgroup1Controllers: host.get('cgroup1', 'list') ?? facts.cgroup1Controllers ?? [],
    runlevel: host.must('runlevel', 'name'),
    logDrops: host.must('log-drops', 'yes-no'),
    lxcPath: host.must('lxc-path', 'path'),
    newuidmap: facts.newuidmap ?? false,
    where: host.where,
  };
}

function lxcVersion(written: string | undefined, installed: string | undefined): string {
  if (written !== undefined) return written;
  return (installed === undefined ? undefined : parseVersion(installed)) ?? newestSupported;
}
