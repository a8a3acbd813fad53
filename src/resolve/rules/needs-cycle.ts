import type { ContainerModel, HostModel } from '../model.ts';
import type { Rule } from './types.ts';

export const needsCycle: Rule = {
  code: 'needs-cycle',
  severity: 'error',
  summary: 'Containers need each other in a circle, so that none can be first.',
  check: ({ model, place }, report) => {
    for (const cycle of cycles(model)) {
      const [first = '', second = ''] = cycle;
      report(
        `${[...cycle, first].join(' needs ')}: none of them can start first`,
        place('container', first, 'needs'),
        `take ${second} out of the \`needs\` of ${first}, or break the circle elsewhere`,
      );
    }
  },
};

/**
 * One circle of each knot, as names in the order of needing. Depth first without recursion, each container once:
 * a chain may be as long as there are containers.
 */
function cycles(model: HostModel): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  for (const start of model.containers) {
    if (done.has(start.name)) continue;
    const path = new Map<string, Iterator<string>>([[start.name, needsOf(start)]]);
    const stack = [start.name];
    while (stack.length > 0) {
      const current = stack.at(-1) ?? '';
      const next = path.get(current)?.next();
      if (next === undefined || next.done === true) {
        done.add(current);
        path.delete(current);
        stack.pop();
        continue;
      }
      const needed = model.containerByName.get(next.value);
      if (needed === undefined || done.has(needed.name) || needed.name === current) continue;
      if (path.has(needed.name)) {
        found.push(stack.slice(stack.indexOf(needed.name)));
        continue;
      }
      path.set(needed.name, needsOf(needed));
      stack.push(needed.name);
    }
  }
  return found;
}

function needsOf(container: ContainerModel): Iterator<string> {
  return container.needs.values();
}
