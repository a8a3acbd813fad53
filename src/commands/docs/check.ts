import { UserError, problem } from '../../base/errors.ts';
import type { Facts } from '../../docs/facts.ts';
import { compareDocs, renderedPlaces } from '../../docs/check.ts';
import type { Difference } from '../../docs/check.ts';
import { makePages } from '../../docs/index.ts';
import { markdownForm } from '../../docs/markdown/index.ts';
import { unrecordedSessions } from '../../docs/run.ts';
import { staleFacts } from '../../docs/stale.ts';
import type { RenderedFile } from '../../docs/types.ts';
import type { CommandResult, Context, OptionValues } from '../types.ts';
import { factsOf } from './program.ts';

/** A folder of rendered Markdown, and what of it is not as it would be rendered now. */
interface Compared {
  /** Absolute. */
  readonly top: string;
  readonly files: readonly RenderedFile[];
  readonly differences: readonly Difference[];
  readonly facts: Facts;
}

/** Says which files are out of date, and which measurements. Exit status 1 when there are any. */
export async function check(context: Context, options: OptionValues): Promise<CommandResult> {
  const { top, differences, facts } = await compared(context, options);
  const stale = staleOf(facts);
  const isCurrent = differences.length === 0 && stale.length === 0;
  const remedies = [
    ...(stale.length === 0 ? [] : ['make measure in a checkout measures and records again']),
    ...(differences.length === 0 ? [] : ['rc-lxc docs update writes what is rendered']),
  ];
  const summary = isCurrent ? 'up to date' : `out of date; ${remedies.join(', and ')}`;
  const lines = [
    ...stale.map((each) => `stale     ${each}`),
    ...differences.map(({ state, path }) => `${state.padEnd(8)}  ${path}`),
  ];
  return {
    exitCode: isCurrent ? 0 : 1,
    text: [...lines, `${top}: ${summary}`].join('\n'),
    json: { docs: top, ok: isCurrent, files: differences, stale },
  };
}

/** Writes what is missing or out of date, and removes what is needless. */
export async function update(context: Context, options: OptionValues): Promise<CommandResult> {
  const { top, files, differences } = await compared(context, options);
  const contents = new Map(files.map(({ path, content }) => [path, content]));
  const done = differences.map(({ path }) => ({ path, content: contents.get(path) }));
  for (const { path, content } of done) {
    const target = `${top}/${path}`;
    if (content === undefined) context.host.remove(target);
    else put(context, target, content);
  }
  const lines = done.map(({ path, content }) => `${content === undefined ? 'removed' : 'written'}   ${path}`);
  return {
    exitCode: 0,
    text: lines.length === 0 ? 'nothing to change' : lines.join('\n'),
    json: { docs: top, files: differences },
  };
}

function put({ host }: Context, target: string, content: string): void {
  host.makeDirectory(target.replace(/\/[^/]+$/u, ''));
  host.write(`${target}.rc-lxc-new`, content, 0o644);
  host.rename(`${target}.rc-lxc-new`, target);
}

async function compared(context: Context, options: OptionValues): Promise<Compared> {
  const named = options['docs'];
  const top = context.fetched.absolute(typeof named === 'string' && named !== '' ? named : 'docs');
  refuseForeign(context, top);
  context.progress.step('rendering the pages', 'computing');
  const facts = await factsOf(context);
  const files = markdownForm.files(makePages(facts));
  const lies = renderedPlaces.flatMap(({ folder, ending }) => {
    const names = context.host.list(folder === '' ? top : `${top}/${folder}`);
    return names.filter((name) => name.endsWith(ending)).map((name) => (folder === '' ? name : `${folder}/${name}`));
  });
  return {
    top,
    files,
    facts,
    differences: compareDocs(files, (path) => context.host.readText(`${top}/${path}`), lies),
  };
}

/** What was measured or recorded of something that is no longer so, a line each. */
function staleOf(facts: Facts): readonly string[] {
  const sessions = unrecordedSessions(facts);
  return [
    ...staleFacts(facts),
    ...sessions.map((session) => `commands of ${session}: not recorded as the page has them`),
  ];
}

/** Pages of something else are not ours to replace or remove. */
function refuseForeign({ host }: Context, top: string): void {
  const names = host.list(top).filter((name) => name.endsWith('.md'));
  if (names.length === 0 || host.readText(`${top}/README.md`)?.startsWith('# Documentation of rc-lxc\n') === true)
    return;
  throw new UserError(
    problem('not-our-docs', `${top}: its README.md is not of these pages`, {
      hint: 'run this in a checkout of rc-lxc, or name its folder of rendered pages with --docs',
    }),
  );
}
