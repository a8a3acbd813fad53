import { planSummary } from './text.ts';
import type { Change, Plan } from './types.ts';

/** The plan for a program. `version` changes when a field changes its meaning or goes. */
export function planJson(plan: Plan): object {
  return {
    version: plan.version,
    summary: planSummary(plan),
    changes: plan.changes.map((change) => changeJson(change)),
    drift: plan.drift,
    runlevels: { add: plan.runlevelAdds, remove: plan.runlevelRemoves },
    restarts: plan.restarts,
    removedContainers: plan.removedContainers,
    movedContainers: plan.movedContainers,
  };
}

function changeJson(change: Change): unknown {
  const { action, path, before } = change;
  if (change.action === 'remove') return { action, path, before };
  return {
    action,
    path,
    ...(change.action === 'beside' ? { beside: change.beside } : {}),
    before,
    after: change.after,
    ...(change.action === 'release'
      ? {}
      : { origin: { file: change.desired.origin.file, line: change.desired.origin.line } }),
  };
}
