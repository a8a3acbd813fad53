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
