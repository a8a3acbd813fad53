import type { Rule } from './types.ts';

export const nameIsRunlevel: Rule = {
  code: 'name-is-runlevel',
  severity: 'error',
  summary: 'A container has the name of the host’s runlevel.',
  check: ({ model }, report) => {
    for (const { name, where } of model.containers.filter((container) => container.name === model.host.runlevel)) {
      report(
        `${name}: this is the host's runlevel, and OpenRC would read the container's settings for every container in it`,
        where,
        `name it otherwise: ${name}1`,
      );
    }
  },
};
