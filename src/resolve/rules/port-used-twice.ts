import type { Rule } from './types.ts';

export const portUsedTwice: Rule = {
  code: 'port-used-twice',
  severity: 'error',
  summary: 'An interface is to be a port of two networks.',
  check: ({ model, place }, report) => {
    const owners = new Map<string, string>();
    for (const { name, ports } of model.networks) {
      for (const port of ports) {
        const owner = owners.get(port);
        owners.set(port, owner ?? name);
        if (owner === undefined) continue;
        report(
          `${name}: ${port} is a port of ${owner} already, and can be of one only`,
          place('network', name, 'ports'),
          `take ${port} out of one of the two, or put the containers of both into one network`,
        );
      }
    }
  },
};
