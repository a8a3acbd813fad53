import type { Rule } from './types.ts';

export const privilegedContainer: Rule = {
  code: 'privileged-container',
  severity: 'warning',
  summary: 'A container has no user namespace.',
  check: ({ model, place }, report) => {
    for (const { name } of model.containers.filter((container) => !container.userNamespace)) {
      report(
        `${name}: without a user namespace root inside is root of the host; dropped capabilities and a filter of system calls are all that holds it`,
        place('container', name, 'user-namespace'),
        'leave `user-namespace` out; a few devices and mounts need it to be no',
      );
    }
  },
};
