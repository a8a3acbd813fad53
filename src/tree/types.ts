import type { Place } from '../base/errors.ts';

/** What an output gives: one thing that must be at `path` (absolute, below the root that is applied to). */
export type DesiredFile = DesiredRegular | DesiredLink | DesiredLines;

interface DesiredBase {
  readonly path: string;
  /** Which section asks for it; the header of the file says so too. */
  readonly origin: Place;
  /** Which services must be restarted for a change of it to take effect. */
  readonly services: readonly string[];
}

/** A file that is ours, whole. */
export interface DesiredRegular extends DesiredBase {
  readonly kind: 'file';
  readonly content: string;
  readonly mode: number;
  /** How staging validates it: by `sh -n`, `nft -c -f`, LXC's parser, or `dnsmasq --test`. */
  readonly syntax: 'sh' | 'nft' | 'lxc' | 'dnsmasq' | 'none';
}

/** A symbolic link that is ours. */
export interface DesiredLink extends DesiredBase {
  readonly kind: 'link';
  readonly target: string;
}

/** Lines that a file which is not ours must hold (`/etc/subuid`); the rest of it is left alone. */
export interface DesiredLines extends DesiredBase {
  readonly kind: 'lines';
  readonly lines: readonly string[];
}

/** Everything the description asks for; sorted by path, no path twice. */
export interface DesiredTree {
  readonly files: readonly DesiredFile[];
  /** Every container's service, and the directory of its rootfs. */
  readonly containers: readonly DesiredContainer[];
  /** Services of ours that belong in a runlevel: service name → runlevel. */
  readonly runlevels: ReadonlyMap<string, string>;
}

export interface DesiredContainer {
  readonly name: string;
  readonly service: string;
  readonly lxcPath: string;
  readonly rootfs: string;
  readonly template?: string;
  /** Set when the files on disk belong to mapped ids: the template then has to run mapped, too. */
  readonly idMap?: { readonly base: number; readonly count: number };
}
