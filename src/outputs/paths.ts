import { inDirectory } from '../base/paths.ts';
import type { ContainerModel, HostModel } from '../resolve/model.ts';

/** Where the generated files go. All are absolute, below the root that is applied to. */
export const nftablesPath = '/etc/rc-lxc/nftables.nft';
/** The rules for one network card that containers share. */
export const netdevPath = (parent: string): string => `/etc/rc-lxc/nftables-${parent}.nft`;
export const sysctlPath = '/etc/rc-lxc/sysctl';
export const portsPath = '/etc/rc-lxc/ports';

export const initScript = (service: string): string => `/etc/init.d/${service}`;
export const settingsFile = (service: string): string => `/etc/conf.d/${service}`;

/** The service that sets our kernel parameters and loads our tables. */
export const firewallService = 'rc-lxc-nft';

/** The service that gives addresses and names, and what it reads: its configuration, fixed leases, and names. */
export const dnsmasqService = 'rc-lxc-dnsmasq';
export const dnsmasqPath = '/etc/rc-lxc/dnsmasq.conf';
export const leasesPath = '/etc/rc-lxc/dnsmasq.leases';
export const namesPath = '/etc/rc-lxc/dnsmasq.hosts';

export function configFile(model: HostModel, container: ContainerModel): string {
  return inDirectory(model.host.lxcPath, container.name, 'config');
}
