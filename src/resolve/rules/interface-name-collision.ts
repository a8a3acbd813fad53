import type { Place } from '../../base/errors.ts';
import type { Rule } from './types.ts';

export const interfaceNameCollision: Rule = {
  code: 'interface-name-collision',
  severity: 'error',
  summary: 'Two interfaces of the host would have the same name.',
  check: ({ model, place }, report) => {
    const owners = new Map<string, string>();
    for (const uplink of model.host.uplinks) owners.set(uplink, 'an uplink');
    for (const network of model.networks)
      for (const port of network.ports) owners.set(port, `a port of ${network.name}`);
    const take = (name: string | undefined, owner: string, where: Place, hint: string): void => {
      const other = name === undefined ? undefined : owners.get(name);
      if (name !== undefined && other === undefined) owners.set(name, owner);
      if (other !== undefined) report(`${owner} would be named ${name}, as is ${other}`, where, hint);
    };
    for (const { name, link } of model.networks) {
      take(link, `the host's interface in ${name}`, place('network', name, ''), 'give the network another name');
    }
    for (const { name, nics, where } of model.containers) {
      for (const nic of nics) {
        take(nic.hostName, `the host's side of ${nic.name} of ${name}`, where, 'give the container another name');
      }
    }
  },
};
