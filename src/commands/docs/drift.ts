import type { Edits } from '../../wiki/block.ts';
import type { CommandResult, Context, OptionValues } from '../types.ts';
import { compareWithWiki, editors, editsSince, filesOnWiki } from './on-wiki.ts';
import type { FileOnWiki, OnWiki } from './on-wiki.ts';

interface Drifted extends OnWiki {
  /** Of a page that was edited: whose edits. */
  readonly since?: Edits;
}

/** Says which pages of a wiki are not what is rendered, and whose edit it is. Exit status 2 when any is not. */
export async function drift(context: Context, options: OptionValues): Promise<CommandResult> {
  const { wiki, pages } = await compareWithWiki(context, 'drift', options);
  const all: Drifted[] = [];
  for (const page of pages)
    all.push(page.found.state === 'edited' ? { ...page, since: await editsSince(wiki, page) } : page);
  const files = await filesOnWiki(wiki, pages);
  const others = all.filter(({ found }) => found.state !== 'current' && found.state !== 'adopted');
  const drifted = [
    ...others.map((page) => pageLine(page)),
    ...files.filter(({ state }) => state !== 'current').map((file) => fileLine(file)),
  ];
  const counted = `${pages.length - others.length} of ${pages.length} pages are as they are rendered`;
  return {
    exitCode: drifted.length === 0 ? 0 : 2,
    text: [...drifted, counted].join('\n'),
    json: {
      ok: drifted.length === 0,
      pages: all.map(({ name, found, revision, since }) => ({
        page: name,
        state: found.state,
        why: found.state === 'damaged' ? found.why : undefined,
        revision: revision?.id,
        edits: since?.edits.map(({ id, user, timestamp, comment }) => ({ revision: id, user, timestamp, comment })),
      })),
      files: files.map(({ name, state, upload }) => ({
        file: name,
        state,
        user: upload?.user,
        timestamp: upload?.timestamp,
      })),
    },
  };
}

function pageLine({ name, found, since, revision }: Drifted): string {
  const line = (text: string): string => `${found.state.padEnd(8)}  ${name}${text}`;
  switch (found.state) {
    case 'damaged':
      return line(`: ${found.why}`);
    case 'edited':
      return line(`: by ${since === undefined ? 'somebody' : editors(since)}`);
    case 'outdated':
      return line(`: written ${revision?.timestamp ?? ''}, and rendered otherwise since; rc-lxc docs push writes it`);
    case 'absent':
    case 'unmarked':
    case 'current':
    case 'adopted':
      return line('');
  }
}

function fileLine({ name, state, upload }: FileOnWiki): string {
  return `${state.padEnd(8)}  ${name}${upload === undefined ? '' : `: uploaded by ${upload.user}, ${upload.timestamp}`}`;
}
