import { reservedPeers } from '../written-peers.ts';
import type { Rule } from './types.ts';

export const reservedName: Rule = {
  code: 'reserved-name',
  severity: 'error',
  summary: 'A network or a container has a name that means something else in allow-in and allow-out.',
  check: ({ model }, report) => {
    for (const { name, where } of [...model.networks, ...model.containers].filter((one) =>
      reservedPeers.has(one.name),
    )) {
      report(
        `${name}: in \`allow-in\` and \`allow-out\` this word means something else`,
        where,
        `name it otherwise: ${name}1`,
      );
    }
  },
};
