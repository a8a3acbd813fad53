import { unifiedDiff } from '../../base/unified-diff.ts';
import { beginMark, endMark } from '../../docs/mediawiki/index.ts';
import { stateOf, textBetween, withText } from '../../wiki/block.ts';
import type { Wiki } from '../../wiki/types.ts';
import type { CommandResult, Context, OptionValues } from '../types.ts';
import { compareWithWiki, editors, editsSince, filesOnWiki, shown } from './on-wiki.ts';
import type { FileOnWiki, OnWiki } from './on-wiki.ts';

/** What became of a page or a file, or would; `refused` says why nothing was written. */
interface Outcome {
  readonly name: string;
  readonly did: 'created' | 'written' | 'unchanged' | 'refused';
  readonly why?: string;
  /** For --dry-run: the difference, as a unified diff. */
  readonly difference?: string;
}

/** Writes between the marks of the pages what is rendered. Exit status 1 when any of it was refused. */
export async function push(context: Context, options: OptionValues): Promise<CommandResult> {
  const isDry = options['dryRun'] === true;
  const { wiki, pages } = await compareWithWiki(context, 'push', options);
  const judged = [];
  for (const page of pages) judged.push({ page, refusal: await refusalOf(wiki, page, options) });
  const taken = judged.filter(({ refusal }) => refusal === undefined).map(({ page }) => page);
  const account = isDry ? undefined : await wiki.login();
  const files: Outcome[] = [];
  for (const file of await filesOnWiki(wiki, taken))
    files.push(await putFile(context, wiki, file, { isDry, account, takes: options['takeFiles'] === true }));
  const outcomes: Outcome[] = [];
  for (const { page, refusal } of judged) {
    if (refusal !== undefined) outcomes.push({ name: page.name, did: 'refused', why: refusal });
    else outcomes.push(isDry ? wouldPut(page) : await put(context, wiki, page));
  }
  return result([...files, ...outcomes], { isDry, files: files.length });
}

/** Why a page is left as it is: it was edited, or nothing says where ours is to stand. */
async function refusalOf(wiki: Wiki, page: OnWiki, options: OptionValues): Promise<string | undefined> {
  const { name, found } = page;
  switch (found.state) {
    case 'current':
    case 'outdated':
    case 'adopted':
      return undefined;
    case 'absent':
      return options['create'] === true ? undefined : 'there is no such page; --create makes it';
    case 'unmarked':
      return `it has no marks of ours: put ${beginMark(name)} and ${endMark(name)} where the text is to stand, each on a line of its own`;
    case 'damaged':
      return `${found.why}: mend the marks`;
    case 'edited':
      return `edited by ${editors(await editsSince(wiki, page))}; rc-lxc docs pull --page ${name} makes a patch of it. Push again when that is applied, or when what is between the marks there is deleted`;
  }
}

function summary({ version }: Context): string {
  return `rc-lxc ${version}: rendered anew`;
}

async function put(context: Context, wiki: Wiki, { name, rendered, revision, found }: OnWiki): Promise<Outcome> {
  if (found.state === 'current') return { name, did: 'unchanged' };
  context.progress.step(`writing ${name}`);
  const saved = await wiki.edit({
    title: name,
    text: withText(name, revision?.content, rendered),
    summary: summary(context),
    ...(revision === undefined ? {} : { base: revision.id }),
  });
  if (saved === 'conflict')
    return { name, did: 'refused', why: 'somebody saved it while it was being written; push again' };
  if (saved === 'unchanged') return { name, did: 'unchanged' };
  if (saved === 'merged') {
    const now = stateOf(name, (await wiki.page(name))?.content, rendered);
    if (now.state !== 'current')
      return { name, did: 'refused', why: 'the wiki merged it with an edit of the same moment; push again' };
  }
  return { name, did: revision === undefined ? 'created' : 'written' };
}

function wouldPut({ name, rendered, revision, found }: OnWiki): Outcome {
  if (found.state === 'current') return { name, did: 'unchanged' };
  const before = revision === undefined ? '' : (textBetween(name, revision.content) ?? '');
  if (before === rendered) return { name, did: 'written', why: 'the note of what was written last' };
  const label = revision === undefined ? '(not there)' : `(revision ${revision.id})`;
  const patch = unifiedDiff([name, name], [before, rendered], { notes: [label, '(rendered)'], context: 3 });
  return {
    name,
    did: revision === undefined ? 'created' : 'written',
    difference: shown(patch.trimEnd()),
  };
}

async function putFile(
  context: Context,
  wiki: Wiki,
  { name, svg, state, upload }: FileOnWiki,
  how: { readonly isDry: boolean; readonly account: string | undefined; readonly takes: boolean },
): Promise<Outcome> {
  if (state === 'current') return { name, did: 'unchanged' };
  const isOthers = upload !== undefined && how.account !== undefined && upload.user !== how.account;
  if (isOthers && !how.takes) {
    const why = `${shown(upload.user)} uploaded another one, ${upload.timestamp}; --take-files replaces it`;
    return { name, did: 'refused', why };
  }
  if (!how.isDry) {
    context.progress.step(`uploading ${name}`);
    await wiki.send(name, svg, summary(context));
  }
  return { name, did: state === 'missing' ? 'created' : 'written' };
}

function result(outcomes: readonly Outcome[], { isDry, files }: { isDry: boolean; files: number }): CommandResult {
  const lines = outcomes.map(({ name, did, why, difference }) => {
    const word = isDry && (did === 'created' || did === 'written') ? `to be ${did}` : did;
    const line = `${word.padEnd(isDry ? 13 : 9)}  ${name}${why === undefined ? '' : `: ${why}`}`;
    return difference === undefined ? line : `${line}\n${difference}`;
  });
  return {
    exitCode: outcomes.some(({ did }) => did === 'refused') ? 1 : 0,
    text: lines.join('\n'),
    json: { dryRun: isDry, files: outcomes.slice(0, files), pages: outcomes.slice(files) },
  };
}
