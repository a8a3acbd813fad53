import { typeOf } from '../../networks/index.ts';
import { sectionSpec } from '../../schema/index.ts';
import type { NetworkModel } from '../model.ts';
import type { Rule } from './types.ts';

export const networkKeyMissing: Rule = {
  code: 'network-key-missing',
  severity: 'error',
  summary: 'A network lacks a key that its type cannot do without.',
  check: ({ description, model }, report) => {
    for (const section of description.networks) {
      const network = model.networkByName.get(section.name);
      if (network === undefined) continue;
      for (const key of missing(network)) {
        if (section.has(key)) continue;
        const example = sectionSpec('network').keys.find((spec) => spec.name === key)?.example ?? `${key} = …`;
        report(
          `${section.name}: type ${network.type} needs \`${key}\``,
          section.place('type'),
          `write it like ${example}`,
        );
      }
    }
  },
};

/** A parent may be missing where there is more than one uplink, or none. */
function missing(network: NetworkModel): readonly string[] {
  const type = typeOf(network);
  const parent = type.keys.includes('parent') && network.parent === undefined ? ['parent'] : [];
  return [...new Set([...parent, ...type.required])];
}
