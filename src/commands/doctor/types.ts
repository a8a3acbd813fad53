import type { Problem } from '../../base/errors.ts';
import type { Host } from '../../host/types.ts';
import type { HostModel } from '../../resolve/model.ts';
import type { DesiredTree } from '../../tree/types.ts';

/** What a check looks at. */
export interface Patient {
  readonly host: Host;
  /** There whatever is wrong with the description. */
  readonly model: HostModel;
  /** Absent where the description has mistakes. */
  readonly tree?: DesiredTree;
  /** The Node that runs this: `24.21.0`. */
  readonly node: string;
  /** As `lxc-start --version` prints it; absent where it is not installed, or cannot be asked. */
  readonly installedLxc?: string;
}

/** `found`: what is there, for a person, with or without problems. */
export interface Finding {
  readonly found: string;
  readonly problems: readonly Problem[];
}

/** One thing that can be wrong with a host. */
export interface HostCheck {
  /** One word. */
  readonly name: string;
  /** For the manual: what is looked at. */
  readonly summary: string;
  run(patient: Patient): Finding | Promise<Finding>;
}
