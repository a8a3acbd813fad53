import type { Rule } from './types.ts';

/** BFQ's largest in cgroup v1. */
const largestV1 = 1000;

export const ioWeightTooLarge: Rule = {
  code: 'io-weight-too-large',
  severity: 'error',
  summary: 'A weight for disks is larger than cgroup v1 takes.',
  check: ({ model, place }, report) => {
    if (!model.host.cgroup1Controllers.includes('blkio')) return;
    for (const { name, ioWeight } of model.containers) {
      if (ioWeight === undefined || ioWeight <= largestV1) continue;
      report(
        `${name}: this host has blkio in cgroup v1, where a weight is ${largestV1} at most`,
        place('container', name, 'io-weight'),
        `write io-weight = ${largestV1} or less`,
      );
    }
  },
};
