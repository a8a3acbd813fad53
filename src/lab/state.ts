/** An interface as `ip -json -details address show` has it; the fields that matter here. */
interface LinkState {
  readonly ifname: string;
  readonly address?: string;
  readonly mtu: number;
  /** More than 0: it receives what is for others. `flags` never has what the kernel itself asked for. */
  readonly promiscuity: number;
  readonly flags: readonly string[];
  /** `UP` once it sends: the kernel may notice a second late that there is a carrier, and drops frames until then. */
  readonly operstate: string;
  readonly addr_info: readonly {
    readonly family: 'inet' | 'inet6';
    readonly local: string;
    readonly prefixlen: number;
    readonly scope: string;
    /** Made of a router advertisement. */
    readonly dynamic?: boolean;
    readonly tentative?: boolean;
    readonly dadfailed?: boolean;
  }[];
  /** Of what a kind of link has of its own, such as a bridge's `root_id`. */
  readonly linkinfo?: {
    readonly info_kind?: string;
    readonly info_data?: Readonly<Record<string, unknown>>;
    /** The same as a port of a bridge: `state` is `forwarding` once it hands frames on. */
    readonly info_slave_data?: Readonly<Record<string, unknown>>;
  };
}

interface NeighbourState {
  readonly dst: string;
  readonly dev: string;
  readonly lladdr?: string;
  readonly state: readonly string[];
}

interface RouteState {
  /** `default`, or a prefix. */
  readonly dst: string;
  readonly gateway?: string;
  readonly dev?: string;
  readonly protocol?: string;
}

/** What the kernel of an endpoint believes, as iproute2 lists it. */
export interface EndpointState {
  readonly links: readonly LinkState[];
  readonly neighbours: readonly NeighbourState[];
  /** Of the main tables, both families. */
  readonly routes: readonly RouteState[];
  /** For each address that was asked for: the largest packet (or an error's name), and the route (or an error's text). */
  readonly paths: Readonly<Record<string, { readonly mtu: number | string; readonly route: RouteState | string }>>;
  /** Forwarding entries of bridges, when asked for. */
  readonly forwarding?: readonly { readonly mac: string; readonly ifname: string; readonly master?: string }[];
}

export interface StateOptions {
  readonly to?: readonly string[];
  readonly forwarding?: boolean;
}
