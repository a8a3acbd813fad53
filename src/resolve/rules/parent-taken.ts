import { typeOf } from '../../networks/index.ts';
import type { NetworkModel } from '../model.ts';
import type { Rule } from './types.ts';

export const parentTaken: Rule = {
  code: 'parent-taken',
  severity: 'error',
  summary: 'Two networks want what the kernel gives one of them alone: a card, or a VLAN of it.',
  check: ({ model, place }, report) => {
    const earlier = new Map<string, NetworkModel[]>();
    for (const network of model.networks) {
      const { name, parent } = network;
      if (parent === undefined) continue;
      const before = earlier.get(parent) ?? [];
      earlier.set(parent, [...before, network]);
      const other = before.find((one) => !shareable(one, network));
      if (other === undefined) continue;
      report(
        `${name}: ${parent} is the parent of ${other.name} already, and the kernel does not share it between the two`,
        place('network', name, 'parent'),
        `take another parent, or put the containers of both into one network`,
      );
    }
  },
};

/** One type with any number of interfaces on a card holds all of its frames; VLANs of other numbers go beside anything. */
function shareable(one: NetworkModel, other: NetworkModel): boolean {
  const [takesAll, othersTakesAll] = [one, other].map((network) => typeOf(network).most?.(network) === 1);
  if (one.vlan !== undefined && other.vlan !== undefined) return one.vlan !== other.vlan;
  if (one.vlan !== undefined) return other.vlan !== undefined || othersTakesAll !== true;
  if (other.vlan !== undefined) return takesAll !== true;
  return one.type === other.type && takesAll !== true && othersTakesAll !== true;
}
