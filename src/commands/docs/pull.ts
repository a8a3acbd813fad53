import { unifiedDiff } from '../../base/unified-diff.ts';
import { textBetween } from '../../wiki/block.ts';
import { pull as pulledOf } from '../../wiki/pull.ts';
import type { Pulled } from '../../wiki/pull.ts';
import { counted } from '../pipeline.ts';
import type { CommandResult, Context, OptionValues } from '../types.ts';
import { compareWithWiki, editors, editsSince, shown } from './on-wiki.ts';

interface PulledPage extends Pulled {
  readonly page: string;
  readonly state: string;
  readonly by?: string;
}

/** Shows what people edited on a wiki as patches of the templates. Exit status 1 when any of it is none. */
export async function pull(context: Context, options: OptionValues): Promise<CommandResult> {
  const { wiki, facts, pages } = await compareWithWiki(context, 'pull', options);
  const all: PulledPage[] = [];
  for (const page of pages) {
    const { name, found, rendered, revision } = page;
    if (found.state !== 'edited' || revision === undefined) {
      all.push({ page: name, state: found.state, patches: [], left: [] });
      continue;
    }
    const since = await editsSince(wiki, page);
    const base = since.base === undefined ? rendered : (textBetween(name, since.base.content) ?? rendered);
    const edited = textBetween(name, revision.content) ?? '';
    all.push({
      page: name,
      state: found.state,
      by: editors(since),
      ...pulledOf(page.page, facts, { rendered, base, edited }),
    });
  }
  const left = all.flatMap(({ left: each }) => each);
  return {
    exitCode: left.length === 0 ? 0 : 1,
    text: shown(
      all
        .flatMap(({ patches }) => patches)
        .join('')
        .trimEnd(),
    ),
    notes: shown(all.map((page) => noteOf(page)).join('\n')),
    json: { pages: all },
  };
}

const words: Readonly<Record<string, string>> = {
  outdated: 'not edited',
  current: 'not edited',
  adopted: 'taken over',
};

/** For who reads it: whose edits they are, and those that are no patch. */
function noteOf({ page, state, by, patches, left }: PulledPage): string {
  if (state !== 'edited') return `${page}: ${words[state] ?? state}`;
  const heading = `${page}: edited by ${by ?? ''}: ${counted(patches.length, 'template')} to patch, ${counted(left.length, 'edit')} left`;
  const parts = left.map(({ before, after, why }) => {
    const patch = unifiedDiff([page, page], [`${before}\n`, `${after}\n`], {
      notes: ['(rendered)', '(edited)'],
      context: 1,
    });
    return `left: ${why}\n${patch.trimEnd()}`;
  });
  return [heading, ...parts].join('\n');
}
