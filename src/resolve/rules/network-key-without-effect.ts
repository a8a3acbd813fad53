import { typeOf } from '../../networks/index.ts';
import { sectionSpec } from '../../schema/index.ts';
import type { Rule } from './types.ts';

export const networkKeyWithoutEffect: Rule = {
  code: 'network-key-without-effect',
  severity: 'error',
  summary: 'A key is written that means nothing for the type of its network.',
  check: ({ description, model }, report) => {
    for (const section of description.networks) {
      const network = model.networkByName.get(section.name);
      if (network === undefined) continue;
      const { keys, name } = typeOf(network);
      for (const key of sectionSpec('network').keys.map((spec) => spec.name)) {
        if (key === 'type' || keys.includes(key) || !section.has(key)) continue;
        report(
          `${section.name}: \`${key}\` means nothing for type ${name}`,
          section.place(key),
          keys.length === 0 ? 'remove the line' : `remove the line; type ${name} takes ${keys.join(', ')}`,
        );
      }
    }
  },
};
