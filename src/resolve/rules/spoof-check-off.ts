import type { Rule } from './types.ts';

export const spoofCheckOff: Rule = {
  code: 'spoof-check-off',
  severity: 'warning',
  summary: 'A container may send under any address.',
  check: ({ model, place }, report) => {
    for (const { name, allowOut } of model.containers.filter((container) => !container.spoofCheck)) {
      const policy = allowOut === undefined ? '' : ', and out of what its `allow-out` forbids';
      report(
        `${name}: with \`spoof-check = no\` root inside passes for any machine on its network${policy}`,
        place('container', name, 'spoof-check'),
        'leave `spoof-check` out, unless it routes or gives addresses for others',
      );
    }
  },
};
