import type { Place } from '../base/errors.ts';
import type { HostModel } from '../resolve/model.ts';

/** A container or a network of the description. */
export interface User {
  readonly name: string;
  readonly where: Place;
}

/** An option of the kernel's configuration, and what of ours needs it. */
export interface KernelEntry {
  /** `CONFIG_VETH`. */
  readonly option: string;
  /** What modprobe would load; absent where it makes no module of its own. */
  readonly module?: string;
  /** What fails without it: a clause. */
  readonly why: string;
  /** Stable: `user-namespaces`, `network:bridge`, `limits:memory`. */
  readonly feature: string;
  /** A host with nothing but defaults needs it: CONFIG_CHECK without `~`. */
  readonly required: boolean;
  /** The feature works without it all the same, but for what `why` says. */
  readonly optional?: true;
  /** Which descriptions need it; absent: all. */
  readonly when?: (model: HostModel) => boolean;
  /** Who of a description that needs it; absent: the host as a whole. */
  readonly users?: (model: HostModel) => readonly User[];
}
