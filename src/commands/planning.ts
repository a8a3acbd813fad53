import { UserError, problem } from '../base/errors.ts';
import { readManifest, wasInterrupted } from '../apply/index.ts';
import type { Host } from '../host/types.ts';
import { makePlan } from '../plan/plan.ts';
import type { Plan } from '../plan/types.ts';
import type { DesiredTree } from '../tree/types.ts';

/**
 * The plan for what is there now; nothing is written.
 * @throws UserError when an apply was interrupted: half of what is there is then about to change.
 */
export function planTree(host: Host, tree: DesiredTree): Plan {
  if (wasInterrupted(host)) {
    throw new UserError(
      problem('interrupted', 'an earlier apply was interrupted', {
        hint: 'rc-lxc apply finishes or undoes it first, then carries out the rest',
      }),
    );
  }
  return makePlan(tree, readManifest(host), host);
}
