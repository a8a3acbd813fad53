import type { Rule } from './types.ts';

export const duplicateMac: Rule = {
  code: 'duplicate-mac',
  severity: 'error',
  summary: 'Two interfaces have the same hardware address.',
  check: ({ model, sectionOf, place }, report) => {
    const owners = new Map<string, string>();
    const hint = 'remove the line: without it the address is derived, and differs for every interface';
    for (const network of model.networks) {
      if (network.mac === undefined) continue;
      const owner = owners.get(network.mac);
      owners.set(network.mac, owner ?? `the host's interface in ${network.name}`);
      if (owner === undefined) continue;
      report(
        `${network.name}: ${network.mac} is the address of ${owner} already`,
        place('network', network.name, 'mac'),
        hint,
      );
    }
    for (const container of model.containers) {
      for (const nic of container.nics) {
        const owner = owners.get(nic.mac);
        owners.set(nic.mac, owner ?? `${container.name}'s ${nic.name}`);
        if (owner === undefined) continue;
        report(`${container.name}: ${nic.mac} is the address of ${owner} already`, sectionOf(nic).place('mac'), hint);
      }
    }
  },
};
