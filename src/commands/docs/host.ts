import { UserError, problem } from '../../base/errors.ts';
import { hostPage } from '../../docs/host/index.ts';
import { readReport } from '../../docs/host/proof.ts';
import type { Page, RenderedFile } from '../../docs/types.ts';
import type { LabReport } from '../../lab/prove/report.ts';
import { counted, fingerprintOf, resolveSources, warningNotes } from '../pipeline.ts';
import type { CommandResult, Context, OptionValues } from '../types.ts';
import { formOf } from './form.ts';
import { factsOf } from './program.ts';

/** Prints the page of the description, or writes it and its drawing below a new folder. */
export async function host(context: Context, options: OptionValues): Promise<CommandResult> {
  const sources = context.files.readSources(context.source);
  const { model, warnings } = await resolveSources(sources, context);
  const form = formOf(options);
  const report = await reportOf(context, options['report']);
  context.progress.step('rendering the page', 'computing');
  const page = hostPage({
    model,
    facts: await factsOf(context),
    description: fingerprintOf(sources),
    ...(report === undefined ? {} : { report }),
  });
  const notes = [warningNotes(warnings, context)];
  const { output } = options;
  if (typeof output === 'string' && output !== '') {
    const drawn = form.files([page]);
    context.files.writeTree(
      output,
      drawn.map(({ path, content }) => ({ path: `/${path}`, content, mode: 0o644 })),
    );
    const json = { output, format: form.name, files: drawn.map(({ path }) => path) };
    return { exitCode: 0, text: `${counted(drawn.length, 'file')} below ${output}`, json, notes: said(notes) };
  }
  const files = form.files([page]);
  // What stands in a file of its own cannot be printed along with the page.
  const isWhole = files.length === 1;
  const [only] = isWhole ? files : form.files([withoutDrawing(page)]);
  if (!isWhole) notes.push('without its drawing, which is a file of its own: --output DIR writes both');
  const text = textOf(only);
  return { exitCode: 0, text, json: { format: form.name, page: text }, notes: said(notes) };
}

function withoutDrawing(page: Page): Page {
  return { ...page, root: { ...page.root, children: page.root.children.filter(({ type }) => type !== 'drawing') } };
}

const textOf = (page: RenderedFile | undefined): string => page?.content.replace(/\n$/u, '') ?? '';

const said = (notes: readonly string[]): string => notes.filter((note) => note !== '').join('\n');

async function reportOf(context: Context, path: OptionValues[string]): Promise<LabReport | undefined> {
  if (typeof path !== 'string') return undefined;
  const text = await context.fetched.textOf(path);
  try {
    return readReport(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      problem('not-a-report', `${path} is no report of a lab: ${why}`, {
        hint: 'rc-lxc lab --json > report.json makes one',
      }),
    );
  }
}
