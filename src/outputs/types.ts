import type { DesiredFile } from '../tree/types.ts';
import type { HostView } from './view.ts';

/** One kind of file that the description asks for. A new kind is a file here and a line in `index.ts`. */
export interface OutputKind {
  readonly name: string;
  /** One sentence for the manual: what it is and who reads it. */
  readonly summary: string;
  /** The paths it writes, as patterns: `/etc/conf.d/lxc.NAME`. */
  readonly paths: readonly string[];
  files(view: HostView): readonly DesiredFile[];
  /** Services of ours that it brings and that belong in a runlevel. */
  services?(view: HostView): readonly string[];
}
