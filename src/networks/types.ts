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
  /** Whether containers' interfaces hang on it and must be put back after it was made anew. */
  readonly carriesContainers: boolean;
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

interface KernelOption {
  readonly name: string;
  /** What fails without it. */
  readonly why: string;
}

/** What a check may ask beside the network itself. */
interface CheckContext {
  readonly model: HostModel;
  /** Where a key's value stands; the section when the key is not written. */
  readonly place: (kind: SectionKind, name: string, key: string) => Place;
}

/** Tells one finding: what is wrong, where, and what makes it go away. */
export type Report = (message: string, where: Place, hint: string) => void;

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
  /** What the name of the host's interface begins with: `br` makes `br-internal`. Absent when there is none. */
  readonly linkPrefix?: string;
  /** Whether each container has a veth pair, whose host side needs a name. */
  readonly vethPairs: boolean;
  /** The lines from `lxc.net.N.type` on, in an order that LXC takes: `type` first. */
  lxcLines(network: NetworkModel, nic: NicModel): readonly LxcLine[];
  hostLink(network: NetworkModel): HostLink | undefined;
  /** `firewall` is off: not called. */
  firewall(network: NetworkModel): FirewallParts;
  /** `uplinks`: the interfaces that carry the host's way out, after ports have moved into bridges. */
  sysctls(network: NetworkModel, uplinks: readonly string[]): readonly Sysctl[];
  /** The OpenRC service that makes the host's interface. */
  openrcService(network: NetworkModel, links: HostSettings['links']): string | undefined;
}
