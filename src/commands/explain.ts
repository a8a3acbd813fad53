import { UserError, problem } from '../base/errors.ts';
import type { Command } from './types.ts';

export const explainCommand: Command = {
  name: 'explain',
  summary: 'say what a key does',
  description:
    'Says what a key of the description does: its type, its default, its unit and an example. KEY is a key (memory), a key of one section (container.memory), ' +
    'or a section (container), which lists its keys. Without KEY the sections are listed.',
  arguments: [{ name: '[key]', summary: 'a key, SECTION.KEY, or a section', completes: 'key' }],
  options: [],
  examples: [
    ['rc-lxc explain memory', 'one key'],
    ['rc-lxc explain container', 'every key of a section'],
  ],
  async run(_context, [query]) {
    const { explain, explanationText } = await import('../schema/explain.ts');
    const found = explain(query);
    if (found.kind === 'unknown') {
      const hint = found.nearest === undefined ? 'rc-lxc explain lists the sections' : `did you mean ${found.nearest}?`;
      throw new UserError(problem('unknown-key', `there is no key or section ${query}`, { hint }));
    }
    return { exitCode: 0, text: explanationText(found), json: found };
  },
};
