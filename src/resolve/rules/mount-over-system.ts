import { isInside } from '../../base/paths.ts';
import { placeInText } from '../place.ts';
import type { Rule } from './types.ts';

const systems = ['/proc', '/sys'];

export const mountOverSystem: Rule = {
  code: 'mount-over-system',
  severity: 'error',
  summary: 'A mount would cover what the kernel shows a container of itself.',
  check: ({ model, place }, report) => {
    for (const { name, mounts } of model.containers) {
      for (const { target } of mounts) {
        if (!systems.some((system) => isInside(system, target))) continue;
        report(
          `${name}: nothing can be mounted at ${target}, which LXC sets up itself`,
          placeInText(place('container', name, 'mount'), target),
          'choose another directory of the container',
        );
      }
    }
  },
};
