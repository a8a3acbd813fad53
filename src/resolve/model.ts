import type { Place } from '../base/errors.ts';

/** What resolving must know of the machine that the description does not say. All of it is optional. */
export interface HostFacts {
  /** Version of the installed LXC, as `lxc-start --version` prints it. */
  readonly installedLxc?: string;
  /** Controllers that the host holds in cgroup v1 (legacy or hybrid layout); empty on a pure v2 host. */
  readonly cgroup1Controllers?: readonly string[];
  /** Whether newuidmap is installed, so that /etc/subuid governs root's maps too. */
  readonly newuidmap?: boolean;
  /** Whether netifrc is installed, so that it is the default of `links`; iproute2 when false or unknown. */
  readonly netifrc?: boolean;
}

/** An address with its prefix length, both in canonical text form (`10.0.3.1`, 24). */
export interface AddressWithPrefix {
  readonly address: string;
  readonly length: number;
}

export interface HostSettings {
  readonly name: string;
  readonly domain?: string;
  readonly uplinks: readonly string[];
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
  readonly links: 'netifrc' | 'iproute2';
  readonly firewall: 'nftables' | 'none';
  /** The LXC to write for, normalised to semver (`7.0.0`). */
  readonly lxc: string;
  readonly cgroup1Controllers: readonly string[];
  readonly runlevel: string;
  /** Whether dropped packets are written to the kernel log. */
  readonly logDrops: boolean;
  readonly lxcPath: string;
  /** True when root's maps must be allowed by /etc/subuid and /etc/subgid. */
  readonly newuidmap: boolean;
  readonly where?: Place;
}

export interface NetworkModel {
  readonly name: string;
  readonly type: string;
  /** The host's interface: `br-internal`. At most 15 bytes; absent when the type has none. */
  readonly link?: string;
  /** Pinned MAC of the host's interface; absent where it has that of its first port, or none. */
  readonly mac?: string;
  /** The host's addresses in it; absent where the host has no interface in it. */
  readonly ipv4?: AddressWithPrefix;
  readonly ipv6?: AddressWithPrefix;
  /** What its containers have addresses of: `10.0.3.0/24`. */
  readonly prefix4?: string;
  readonly prefix6?: string;
  /** The address for all in it; absent where IPv4 has none (a /31, a /32). */
  readonly broadcast4?: string;
  /** What containers route through: the `gateway` key, else the host's address. */
  readonly gateway4?: string;
  readonly gateway6?: string;
  /** True when `gateway` was given, so that the host routes through it as well. */
  readonly gatewayIsOutside: boolean;
  readonly nat: boolean;
  readonly ports: readonly string[];
  /** Whether a card among the ports is to stay out of promiscuous mode: VLAN filtering, static entries. */
  readonly quiet: boolean;
  /** The interface of the host that its containers share or get. */
  readonly parent?: string;
  /** Of macvlan and ipvlan. */
  readonly mode?: string;
  readonly vlan?: number;
  readonly hostAccess: boolean;
  /** Its containers never reach each other. */
  readonly isolate: boolean;
  readonly dhcp: boolean;
  readonly dns: readonly string[];
  readonly mtu?: number;
  readonly where: Place;
}

/** One interface of a container. `index` is LXC's N in `lxc.net.N`. */
export interface NicModel {
  readonly index: number;
  /** Name inside: eth0. */
  readonly name: string;
  readonly network: string;
  /** Host side of the veth pair; at most 15 bytes, unique on the host. Absent when the network's type has none. */
  readonly hostName?: string;
  /** MAC of the host side of the veth pair. */
  readonly hostMac?: string;
  readonly mac: string;
  /** What it has, or with `dhcp` is given when it asks. */
  readonly ipv4?: AddressWithPrefix;
  readonly ipv6?: AddressWithPrefix;
  /** Its IPv4 address comes by DHCP: LXC sets none. */
  readonly dhcp: boolean;
  /** fe80:: and its MAC (EUI-64, RFC 4291 appendix A). */
  readonly linkLocal: string;
  /** Every address that it may send from, canonical. */
  readonly senders4: readonly string[];
  readonly senders6: readonly string[];
  /** Set on the interface that gives the default route. */
  readonly gateway4?: string;
  readonly gateway6?: string;
  readonly where: Place;
}

export type Ready =
  | { readonly kind: 'running' }
  | { readonly kind: 'tcp'; readonly port: number }
  | { readonly kind: 'exec'; readonly command: string };

export interface DeviceModel {
  readonly path: string;
  /** Some of `r`, `w`, `m`. */
  readonly access: string;
  /** `c 10:229`, as device rules of control groups name it; absent when the path is none that is known. */
  readonly node?: string;
}

export interface MountModel {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** A line for the LXC config that the user wrote with `raw`. */
export interface RawLine {
  readonly key: string;
  readonly value: string;
  /** The key that it stands at: `raw`, or `raw.NAME`. */
  readonly from: string;
  readonly where: Place;
}

/** Whom packets come from or go to. */
export type PeerTarget =
  | { readonly kind: 'any' | 'host' | 'outside' }
  | { readonly kind: 'network' | 'container'; readonly name: string }
  | { readonly kind: 'prefix'; readonly family: 4 | 6; readonly prefix: string };

/** One entry of `allow-in` or `allow-out`, or the target of an expectation. */
export interface Allowance {
  readonly target: PeerTarget;
  /** Absent: anything. */
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
  readonly ports?: { readonly first: number; readonly last: number };
  /** As it is written. */
  readonly text: string;
  readonly where: Place;
}

/** `from` must get through to `to`, or must not. */
export interface ExpectModel {
  readonly name: string;
  readonly from: PeerTarget;
  readonly to: Allowance;
  readonly verdict: 'allow' | 'deny';
  readonly where: Place;
}

export interface ContainerModel {
  readonly name: string;
  readonly id: number;
  readonly service: string;
  readonly nics: readonly NicModel[];
  readonly rootfs: string;
  readonly template?: string;
  readonly autostart: boolean;
  readonly needs: readonly string[];
  readonly ready: Ready;
  /** Seconds. */
  readonly readyTimeout: number;
  readonly stopTimeout: number;
  readonly stopSignal?: string;
  readonly restart: 'no' | 'always' | 'on-failure';
  readonly userNamespace: boolean;
  /** First host id of the map, and how many; absent when privileged. */
  readonly idMap?: { readonly base: number; readonly count: number };
  /** `mount`: idmapped mount, files on disk keep their ids; `owner`: files on disk belong to the mapped ids. */
  readonly idMapping: 'mount' | 'owner';
  /** Bytes. */
  readonly memory?: number;
  readonly cpus?: number;
  readonly pids?: number;
  readonly ioWeight?: number;
  readonly aslr: boolean;
  readonly sysctl: ReadonlyMap<string, string>;
  readonly devices: readonly DeviceModel[];
  readonly mounts: readonly MountModel[];
  /** Capabilities added to (+) or taken from (-) the default set. */
  readonly capabilities: readonly { readonly name: string; readonly keep: boolean }[];
  readonly raw: readonly RawLine[];
  /** Whether it is held to its own addresses. */
  readonly spoofCheck: boolean;
  /** Absent where it is not written: see the key. */
  readonly allowIn?: readonly Allowance[];
  readonly allowOut?: readonly Allowance[];
  readonly where: Place;
}

/** The whole host: typed, defaults filled in, references checked, frozen. */
export interface HostModel {
  /** The main source file, as the user named it. */
  readonly source: string;
  readonly host: HostSettings;
  readonly networks: readonly NetworkModel[];
  /** In the order of the description. */
  readonly containers: readonly ContainerModel[];
  readonly expects: readonly ExpectModel[];
  readonly networkByName: ReadonlyMap<string, NetworkModel>;
  readonly containerByName: ReadonlyMap<string, ContainerModel>;
}
