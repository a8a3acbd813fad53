import { typeOf } from '../../networks/index.ts';
import type { Rule } from './types.ts';

export const sourcesNotHeld: Rule = {
  code: 'sources-not-held',
  severity: 'warning',
  summary: 'Nothing holds the containers of a network to their own addresses.',
  check: ({ model, place }, report) => {
    const used = new Set(model.containers.flatMap(({ nics }) => nics.map(({ network }) => network)));
    for (const network of model.networks) {
      const type = typeOf(network);
      if (!used.has(network.name) || type.holds(network).sources !== 'nothing' || type.sharesHost === true) continue;
      report(
        `${network.name}: nothing of what its containers send passes the host's packet filter, or can be told apart there: their root takes any address`,
        place('network', network.name, 'type'),
        'take a type that is checked: bridge or routed; macvlan is checked for what leaves the card',
      );
    }
  },
};
