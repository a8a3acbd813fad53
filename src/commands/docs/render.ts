import { UserError, problem } from '../../base/errors.ts';
import { makePages } from '../../docs/index.ts';
import { counted } from '../pipeline.ts';
import type { CommandResult, Context, OptionValues } from '../types.ts';
import { formOf } from './form.ts';
import { factsOf } from './program.ts';

/** Writes all pages of one form below a new folder. */
export async function render(context: Context, options: OptionValues): Promise<CommandResult> {
  const output = options['output'];
  if (typeof output !== 'string' || output === '')
    throw new UserError(
      problem('no-output', 'docs render needs to know where to write', { hint: 'rc-lxc docs render --output DIR' }),
    );
  const form = formOf(options);
  context.progress.step('rendering the pages', 'computing');
  const files = form.files(makePages(await factsOf(context)));
  context.files.writeTree(
    output,
    files.map(({ path, content }) => ({ path: `/${path}`, content, mode: 0o644 })),
  );
  return {
    exitCode: 0,
    text: `${counted(files.length, 'file')} below ${output}`,
    json: { output, format: form.name, files: files.map(({ path }) => path) },
  };
}
