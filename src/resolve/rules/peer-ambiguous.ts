import { writtenPeers } from '../written-peers.ts';
import type { Rule } from './types.ts';

export const peerAmbiguous: Rule = {
  code: 'peer-ambiguous',
  severity: 'error',
  summary: 'A peer is the name of a network and of a container.',
  check: (context, report) => {
    const { networkByName, containerByName } = context.model;
    for (const { name, where } of writtenPeers(context.description)) {
      if (!networkByName.has(name) || !containerByName.has(name)) continue;
      report(
        `"${name}" is a network and a container: it is not clear who is meant`,
        where,
        `name one of them otherwise: [network ${name}-net]`,
      );
    }
  },
};
