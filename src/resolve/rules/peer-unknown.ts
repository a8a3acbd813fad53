import { didYouMean } from '../../base/nearest.ts';
import { reservedPeers, writtenPeers } from '../written-peers.ts';
import type { Rule } from './types.ts';

export const peerUnknown: Rule = {
  code: 'peer-unknown',
  severity: 'error',
  summary: 'A peer is no network and no container of the description.',
  check: (context, report) => {
    const { networkByName, containerByName } = context.model;
    for (const { name, where } of writtenPeers(context.description)) {
      if (networkByName.has(name) || containerByName.has(name)) continue;
      const names = [...networkByName.keys(), ...containerByName.keys(), ...reservedPeers];
      report(
        `there is no network and no container "${name}"`,
        where,
        didYouMean(name, names) ??
          'name a network, a container, any, host, outside, or addresses: 192.0.2.0/24, [2001:db8::]/32',
      );
    }
  },
};
