import type { NetworkModel, NicModel } from '../resolve/model.ts';
import type { LxcLine } from './types.ts';

/** What differs between the types: the value of `lxc.net.N.type`, and lines right after it, without their `lxc.net.N.`. */
interface NicKind {
  readonly type: string;
  readonly own?: readonly (readonly [key: string, value: string])[];
  /** False where the kernel gives the interface the address of another one. */
  readonly hasMac?: boolean;
}

/** The lines of one interface, in an order that LXC takes: `type` first, since it wipes what was set before. */
export function nicLines(network: NetworkModel, nic: NicModel, { type, own = [], hasMac = true }: NicKind): LxcLine[] {
  const line = (key: string, value: string | number | undefined): LxcLine[] =>
    value === undefined ? [] : [{ key: `lxc.net.${nic.index}.${key}`, value: String(value) }];
  return [
    ...line('type', type),
    ...own.flatMap(([key, value]) => line(key, value)),
    ...line('flags', 'up'),
    ...line('name', nic.name),
    ...(hasMac ? line('hwaddr', nic.mac) : []),
    ...line('mtu', network.mtu),
    ...line('ipv4.address', ipv4Text(network, nic)),
    ...line('ipv4.gateway', nic.dhcp ? undefined : nic.gateway4),
    ...line('ipv6.address', nic.ipv6 && `${nic.ipv6.address}/${nic.ipv6.length}`),
    ...line('ipv6.gateway', nic.gateway6),
  ];
}

/** Without a broadcast address LXC 5 sets a wrong one (0.0.0.255). */
function ipv4Text(network: NetworkModel, { ipv4, dhcp }: NicModel): string | undefined {
  if (ipv4 === undefined || dhcp) return undefined;
  const broadcast = network.broadcast4 === undefined || ipv4.length === 32 ? '' : ` ${network.broadcast4}`;
  return `${ipv4.address}/${ipv4.length}${broadcast}`;
}
