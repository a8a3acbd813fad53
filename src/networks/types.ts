import type { Place, Severity } from '../base/errors.ts';
import type { HostModel, HostSettings, NetworkModel, NicModel } from '../resolve/model.ts';
import type { SectionKind } from '../schema/kinds.ts';
import type { NetworkTypeName } from './names.ts';

/** One line of a container's LXC config; `value` is not yet quoted. */
export interface LxcLine {
  readonly key: string;
  readonly value: string;
}

/** One assignment of a conf.d file; `value` is not yet quoted. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** An interface of the host's that a service makes before containers start, as data for both backends. */
export interface HostLink {
  readonly name: string;
  /** Interfaces that become part of this one, so that the host's addresses and routes move here. */
  readonly holds: readonly string[];
  /** Assignments of `/etc/conf.d/net.NAME`, with netifrc's names. */
  readonly netifrc: readonly Setting[];
  /** Assignments of `/etc/conf.d/rc-lxc-link.NAME`. */
  readonly iproute2: readonly Setting[];
  /** What an administrator must know who reads its settings, a line each. */
  readonly notes: readonly string[];
  /** Functions of ours, called with its name once netifrc has brought it up: what netifrc has no word for. */
  readonly netifrcPostup: readonly string[];
}

/** What a network adds to the sets of the table `inet rc-lxc`. */
export interface FirewallParts {
  /** Interfaces of the host's behind which only answers to the containers' own traffic may come in. */
  readonly guarded: readonly string[];
  /** Prefixes whose traffic leaves the uplinks under the host's own address. */
  readonly masquerade4: readonly string[];
  readonly masquerade6: readonly string[];
}

/** A kernel parameter of the host's; `name` as sysctl(8) takes it. They are set in the order given. */
export interface Sysctl {
  readonly name: string;
  readonly value: string;
}

export interface KernelOption {
  readonly name: string;
  /** What fails without it. */
  readonly why: string;
  /** Which networks of the type need it; absent: all. */
  readonly when?: (network: NetworkModel) => boolean;
  /** The network works without it all the same, but for what `why` says. */
  readonly optional?: true;
  /** The kernel's module that it makes, as /sys/module names it; absent where it makes none of its own. */
  readonly module?: string;
  /** What follows `ip link add NAME` and fails without it; `ve0` is a card that is there. Absent: every kernel has it. */
  readonly trial?: string;
}

/**
 * How an interface of a container meets the host: what the firewall can look at, and what has to be done to the host's
 * side. `port` is the veth in a bridge; `routed` a veth that the host routes to; `parent` passes a card of the host's
 * alone, told by a MAC of its own or only by its addresses; `none` never passes the host.
 */
export type Attachment =
  | { readonly kind: 'port'; readonly port: string; readonly bridge: string }
  | { readonly kind: 'routed'; readonly veth: string }
  | { readonly kind: 'parent'; readonly parent: string; readonly own: 'mac' | 'address' }
  | { readonly kind: 'none' };

/** Whether a new connection gets there, as far as the network itself goes: without `allow-in` and `allow-out`. */
export interface Reach {
  /** From one container of the network to another. */
  readonly containers: boolean;
  readonly toHost: boolean;
  readonly fromHost: boolean;
  readonly toOutside: boolean;
  readonly fromOutside: boolean;
}

/** How a drawing of the host tells a network. */
interface Drawn {
  /** What its containers are plugged into, in a few words. */
  readonly label: string;
  /** What takes their packets outside: the `card` itself, the `host` that forwards them, or `nothing` in between. */
  readonly carrier: 'card' | 'host' | 'nothing';
}

/** `all` of a container's packets, what passes the `wire` (not what goes between containers on one parent), or `nothing`. */
export type Held = 'all' | 'wire' | 'nothing';

/** What a check may ask beside the network itself. */
interface CheckContext {
  readonly model: HostModel;
  /** Where a key's value stands; the section when the key is not written. */
  readonly place: (kind: SectionKind, name: string, key: string) => Place;
}

/** Tells one finding: what is wrong, where, and what makes it go away. */
export type Report = (message: string, where: Place, hint: string) => void;

/**
 * One of the shapes that a type comes in: the keys that make it, as they are written. `CARD` in a value stands for a card
 * of the host's.
 */
export type Form = Readonly<Record<string, string>>;

/** A check that belongs to one type. */
export interface NetworkRule {
  /** Stable: lower-case words with dashes. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence for the manual: what is wrong. */
  readonly summary: string;
  readonly check: (network: NetworkModel, context: CheckContext, report: Report) => void;
}

/**
 * One type of network, answering for itself: shared code loops over what it returns and never asks which type it has.
 * A new type is a file, its name in `names.ts` and a line in `index.ts`.
 */
export interface NetworkType {
  readonly name: NetworkTypeName;
  /** One sentence: what it is. */
  readonly summary: string;
  /** A paragraph for the manual: what it reaches, what it costs, when to take another. */
  readonly paragraph: string;
  /** The keys of `[network]` that it takes, beside `type`. */
  readonly keys: readonly string[];
  readonly kernelOptions: readonly KernelOption[];
  readonly rules: readonly NetworkRule[];
  /** Keys that it cannot do without. */
  readonly required: readonly string[];
  /** What `mode` can be, the default first. */
  readonly modes?: readonly string[];
  /** The first LXC that has it: `3.0.0`. */
  readonly sinceLxc: string;
  /** What containers route through where neither the description nor the host gives them anything. */
  readonly gateways?: { readonly four: string; readonly six: string };
  /** Each container has its address alone (/32, /128), and everything else is behind the host. */
  readonly hostRoutes?: boolean;
  /** Its containers are in the host's own network, which a rule of the type's warns of: nothing there is theirs alone. */
  readonly sharesHost?: boolean;
  /** How many containers a network of the type takes; absent: any number. */
  readonly most?: (network: NetworkModel) => number | undefined;
  /** What the name of the host's interface begins with: `br` makes `br-internal`. Undefined when the host has none. */
  linkPrefix(network: Pick<NetworkModel, 'hostAccess'>): string | undefined;
  /** Its shapes that differ in what they reach or cost, the plain one first. */
  readonly forms: readonly Form[];
  /** Whether its containers are in the network that the card itself is in, and need addresses and a router of that. */
  isOnWire(network: NetworkModel): boolean;
  attachment(network: NetworkModel, nic: NicModel): Attachment;
  /** By family, where the network has it. */
  reach(network: NetworkModel, family: 4 | 6): Reach;
  /** Whether the card that it uses receives every frame on its wire; undefined where it uses none. */
  promiscuous(network: NetworkModel): boolean | undefined;
  /** The same once root in a container asks for it on its own interface; absent: no difference. */
  promiscuousWhenAsked?(network: NetworkModel): boolean;
  drawing(network: NetworkModel): Drawn;
  /** What of source checks and of `allow-in` and `allow-out` can be held. */
  holds(network: NetworkModel): { readonly sources: Held; readonly policy: Held };
  /** Whether each container has a veth pair, whose host side needs a name. */
  readonly vethPairs: boolean;
  /** The lines from `lxc.net.N.type` on, in an order that LXC takes: `type` first. */
  lxcLines(network: NetworkModel, nic: NicModel): readonly LxcLine[];
  /** `nics`: the interfaces that are in the network. */
  hostLink(network: NetworkModel, nics: readonly NicModel[]): HostLink | undefined;
  /** `firewall` is off: not called. */
  firewall(network: NetworkModel): FirewallParts;
  /** `uplinks`: the interfaces that carry the host's way out, after ports have moved into bridges. */
  sysctls(network: NetworkModel, uplinks: readonly string[]): readonly Sysctl[];
  /** The OpenRC service that makes the host's interface. */
  openrcService(network: NetworkModel, links: HostSettings['links']): string | undefined;
}
