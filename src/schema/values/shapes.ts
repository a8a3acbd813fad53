/** An address in canonical form with the length of its prefix. */
export interface AddressWithLength {
  readonly address: string;
  readonly length: number;
}

export type ReadyWhen =
  | { readonly kind: 'running' }
  | { readonly kind: 'tcp'; readonly port: number }
  | { readonly kind: 'exec'; readonly command: string };

/** `access` holds one or more of r, w, m, in that order. */
export interface Device {
  readonly path: string;
  readonly access: string;
}

export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** `keep` is true for `+`. */
export interface Capability {
  readonly name: string;
  readonly keep: boolean;
}

/** `lxc.key = value`; the value may be empty, which makes LXC forget what was set. */
export interface LxcLine {
  readonly key: string;
  readonly value: string;
}

/** Whom packets come from or go to, and on what. Without a protocol: on anything. */
export interface Peer {
  /** As it is written. */
  readonly text: string;
  /** `any`, `host`, `outside`, or the name of a network or a container; absent with `prefix`. */
  readonly name?: string;
  /** Addresses, canonical: `192.0.2.0/24`. */
  readonly prefix?: string;
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
  /** Of tcp and udp; one port has the same twice. */
  readonly ports?: { readonly first: number; readonly last: number };
}
